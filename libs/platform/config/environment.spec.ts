import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationInvalid } from './configuration-invalid.js';
import { readEnvironment } from './environment.js';

describe('the environment', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'environment-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const envFile = (content: string) => {
    writeFileSync(join(folder, '.env'), content);
  };

  it.each([{}, { NODE_ENV: 'development' }, { NODE_ENV: ' ' }])('is completed by .env in development: %j', (env) => {
    envFile('# a comment\nLEDGER_URL="ledger://localhost"\n');

    expect(readEnvironment(folder, env)).toEqual({ LEDGER_URL: 'ledger://localhost', ...env });
  });

  it('wins over .env', () => {
    envFile('INTAKE_PORT=1\nINTAKE_SHELVES=2');

    expect(readEnvironment(folder, { INTAKE_PORT: '9' })).toEqual({ INTAKE_PORT: '9', INTAKE_SHELVES: '2' });
  });

  it.each(['production', ' production ', 'test', 'staging'])('is all there is when NODE_ENV is %j', (mode) => {
    envFile('INTAKE_PORT=1');

    expect(readEnvironment(folder, { NODE_ENV: mode })).toEqual({ NODE_ENV: mode });
  });

  it('does without .env', () => {
    expect(readEnvironment(folder, { INTAKE_PORT: '9' })).toEqual({ INTAKE_PORT: '9' });
  });

  it('refuses a .env that turns production on, since production would not read it', () => {
    envFile('NODE_ENV=production');

    expect(() => readEnvironment(folder, {})).toThrow('NODE_ENV must not be anything but development in .env');
  });

  it('refuses a .env that can not be read', () => {
    mkdirSync(join(folder, '.env'));

    expect(() => readEnvironment(folder, {})).toThrow(ConfigurationInvalid);
  });

  it('leaves process.env as it is', () => {
    envFile('ONLY_IN_THE_FILE=1');
    readEnvironment(folder, {});

    expect(process.env).not.toHaveProperty('ONLY_IN_THE_FILE');
  });
});
