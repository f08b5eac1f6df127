import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { developmentEnvironment, namesDatabase, servesDocs } from './environment.ts';

describe('the environment of what is started', () => {
  let checkout: string;

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'environment-'));
    await writeFile(join(checkout, '.env'), 'PORT=4000\nDATABASE_URL=postgres://from-file/store\nLOG_LEVEL=\n');
  });

  afterEach(() => rm(checkout, { recursive: true }));

  it('takes the process before the file, and the file before the defaults', async () => {
    const env = await developmentEnvironment(checkout, { PORT: '5000', DRAIN_DELAY_MS: '7' });

    expect(env).toEqual({
      NODE_ENV: 'development',
      DRAIN_DELAY_MS: '7',
      PORT: '5000',
      DATABASE_URL: 'postgres://from-file/store',
    });
  });

  it('reads no file in production', async () => {
    const env = await developmentEnvironment(checkout, { NODE_ENV: 'production' });

    expect(env).toEqual({ NODE_ENV: 'production', DRAIN_DELAY_MS: '0' });
  });

  it('counts an empty value as absent', async () => {
    const env = await developmentEnvironment(checkout, { DATABASE_URL: ' ', PORT: '' });

    expect(env).toMatchObject({ DATABASE_URL: 'postgres://from-file/store', PORT: '4000' });
  });

  it.each([
    [{}, false],
    [{ DATABASE_URL: 'postgres://x' }, true],
    [{ DATABASE_URL_FILE: '/run/secrets/url' }, true],
  ])('knows whether a database is named: %j', (env, expected) => {
    expect(namesDatabase(env)).toBe(expected);
  });
});

describe('the documentation', () => {
  it.each([
    [{ NODE_ENV: 'development' }, true],
    [{ NODE_ENV: 'production' }, false],
    [{ NODE_ENV: 'production', DOCS_ENABLED: 'true' }, true],
    [{ NODE_ENV: 'development', DOCS_ENABLED: ' false ' }, false],
  ])('is served when the service says so: %j', (env, expected) => {
    expect(servesDocs(env)).toBe(expected);
  });
});
