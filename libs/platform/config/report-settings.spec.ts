import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSettings } from './load-settings.js';
import { reportSettings } from './report-settings.js';
import { Setting, Settings } from './settings.decorators.js';

@Settings({ section: 'Reported', description: 'What is reported.' })
class ReportedSettings {
  @Setting('REPORTED_LIMIT', { description: 'A number.', default: 7 })
  readonly limit!: number;

  @Setting('REPORTED_NAMES', { description: 'A list.', type: 'list', default: ['a', 'b'] })
  readonly names!: readonly string[];

  @Setting('REPORTED_URL', { description: 'Not a secret, and used as one.' })
  readonly url?: string;

  @Setting('REPORTED_KEY', { description: 'A secret.', secret: true })
  readonly key?: string;
}

const secret = randomUUID();
const reported = (env: NodeJS.ProcessEnv = {}) => {
  const [section] = reportSettings(loadSettings(env, [ReportedSettings]));
  return Object.fromEntries((section?.settings ?? []).map(({ variable, ...rest }) => [variable, rest]));
};

describe('reportSettings', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'reported-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('tells what is in force, and that it is a default', () => {
    expect(reported()).toEqual({
      REPORTED_LIMIT: { value: '7', secret: false, isSet: true, origin: 'default' },
      REPORTED_NAMES: { value: 'a, b', secret: false, isSet: true, origin: 'default' },
      REPORTED_URL: { value: null, secret: false, isSet: false, origin: 'default' },
      REPORTED_KEY: { value: null, secret: true, isSet: false, origin: 'default' },
    });
  });

  it('tells what the environment has set', () => {
    expect(reported({ REPORTED_LIMIT: '9' })['REPORTED_LIMIT']).toMatchObject({ value: '9', origin: 'environment' });
  });

  it('tells of a secret that it is set and from where, and nothing else', () => {
    const path = join(folder, 'key');
    writeFileSync(path, secret);

    const fromEnvironment = reported({ REPORTED_KEY: secret });
    const fromFile = reported({ REPORTED_KEY_FILE: path });

    expect(fromEnvironment['REPORTED_KEY']).toEqual({ value: null, secret: true, isSet: true, origin: 'environment' });
    expect(fromFile['REPORTED_KEY']).toEqual({ value: null, secret: true, isSet: true, origin: 'file' });
    expect(JSON.stringify([fromEnvironment, fromFile])).not.toContain(secret);
  });

  it.each([
    [`https://user:${secret}@example.com/keys`, 'https://(hidden)@example.com/keys'],
    [`https://example.com/keys?token=${secret}`, 'https://example.com/keys?(hidden)'],
    ['https://example.com/keys', 'https://example.com/keys'],
  ])('hides the credentials of a URL that should have none', (url, shown) => {
    expect(reported({ REPORTED_URL: url })['REPORTED_URL']?.value).toBe(shown);
  });
});
