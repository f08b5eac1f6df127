import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { Test, type TestingModule } from '@nestjs/testing';
import { loadSettings } from './load-settings.js';
import { LoadedSettings } from './loaded-settings.js';
import { SettingsModule } from './settings.module.js';
import { LedgerSettings } from './testing/sample.settings.js';

const URL_WITH_CANARY = 'ledger://clerk:canary@localhost/ledger';

@Injectable()
class Clerk {
  readonly shelves: unknown;

  constructor(
    readonly ledger: LedgerSettings,
    config: ConfigService,
  ) {
    this.shelves = config.get('parcelIntake.shelves');
  }
}

@Module({ providers: [Clerk] })
class OfficeModule {}

describe('the settings module', () => {
  let office: TestingModule | undefined;
  afterEach(async () => office?.close());

  const open = async (env: NodeJS.ProcessEnv): Promise<TestingModule> => {
    const settings = SettingsModule.forRoot(loadSettings(env));
    office = await Test.createTestingModule({ imports: [settings, OfficeModule] }).compile();
    return office;
  };

  it('injects each settings class by its own type, in any module', async () => {
    const clerk = (await open({ LEDGER_WRITERS: '7' })).get(Clerk, { strict: false });

    expect(clerk.ledger).toBeInstanceOf(LedgerSettings);
    expect(clerk.ledger.writers).toBe(7);
  });

  it("answers through Nest's ConfigService too, already while providers are constructed", async () => {
    const module = await open({ INTAKE_SHELVES: '21', LEDGER_URL: URL_WITH_CANARY });

    expect(module.get(Clerk, { strict: false }).shelves).toBe(21);
    expect(module.get(ConfigService, { strict: false }).get('ledger.url')).toBe(URL_WITH_CANARY);
  });

  it('gives what was loaded, with its warnings', async () => {
    const module = await open({ LEDGR_URL: 'x' });

    expect(module.get(LoadedSettings, { strict: false }).warnings).toHaveLength(1);
  });

  it('writes nothing to process.env, and reads nothing from it', async () => {
    const before = { ...process.env };
    const module = await open({ LEDGER_URL: URL_WITH_CANARY });

    expect(process.env).toEqual(before);
    expect(module.get(ConfigService, { strict: false }).get('PATH')).toBeUndefined();
  });
});
