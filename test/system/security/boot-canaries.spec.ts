import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort, takePort } from '../support/free-port.js';
import { runEntry } from '../support/store-database.js';
import { StoreProcess, type StoreOptions } from '../support/store-process.js';
import { Canaries } from './leaks/canaries.js';
import { Outputs } from './leaks/outputs.js';

/** sysexits.h: a wrong configuration, which a restart doesn't cure. */
const EX_CONFIG = 78;
const VARIABLES_MIN = 40;

describe('the secrets of a store that does not come up', () => {
  let folder: string;
  let canaries: Canaries;
  let store: StoreProcess | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'boot-canaries-'));
  });
  afterEach(() => store?.stop());
  afterAll(() => rm(folder, { recursive: true }));

  /** Runs it to its end, and searches all that it wrote. */
  async function ended(options: StoreOptions): Promise<{ code: number | null; leaks: string[]; output: string }> {
    const outputs = new Outputs();
    store = StoreProcess.launch(options);
    const { code } = await store.exited;
    outputs.addStreams(store);
    return { code, leaks: outputs.leaksOf(canaries), output: [...store.stdout, ...store.stderr].join('\n') };
  }

  const inFile = async (text: string): Promise<string> => {
    const path = join(folder, canaries.at('the path of a secret'));
    await writeFile(path, text);
    return path;
  };

  it('are not told when every variable has a wrong value', async () => {
    canaries = new Canaries();
    const variables = [...(await readFile('.env.example', 'utf8')).matchAll(/^# ([A-Z][A-Z0-9_]+)=/gm)];
    const env = Object.fromEntries(variables.map(([, name = '']) => [name, ` ${canaries.at(name)}://x `]));
    const { code, leaks, output } = await ended({ env });

    expect(Object.keys(env).length).toBeGreaterThan(VARIABLES_MIN);
    expect({ code, leaks }).toEqual({ code: EX_CONFIG, leaks: [] });
    for (const name of ['DATABASE_URL', 'PORT', 'JWKS_URL', 'LOG_LEVEL']) expect(output).toContain(name);
  });

  it.each([
    ['has the wrong form', (secret: string) => `mysql://store:${secret}@127.0.0.1/store`],
    ['is no URL at all', (secret: string) => secret],
    ['is too large', (secret: string) => secret.repeat(5_000)],
    ['holds a second line', (secret: string) => `postgres://store:x@127.0.0.1/store\n${secret}`],
  ])('are not told when the file of one %s', async (_fault, contentWith) => {
    canaries = new Canaries();
    const file = await inFile(contentWith(canaries.at('the file of a secret')));
    const { code, leaks, output } = await ended({ env: { DATABASE_URL_FILE: file } });

    expect({ code, leaks }).toEqual({ code: EX_CONFIG, leaks: [] });
    expect(output).toContain('DATABASE_URL');
  });

  it('are not told when the file of one is not there', async () => {
    canaries = new Canaries();
    const file = join(folder, canaries.at('the path of a file that is not there'));

    expect(await ended({ env: { DATABASE_URL_FILE: file } })).toMatchObject({ code: EX_CONFIG, leaks: [] });
  });

  it('are not told when a port is taken', async () => {
    canaries = new Canaries();
    const taken = await takePort();
    const databaseUrl = `postgres://store:${canaries.at('a password')}@127.0.0.1:${await freePort()}/store`;
    const env = { PORT: String(taken.port), LOG_LEVEL: 'trace', A_TOKEN: canaries.at('a variable of somebody else') };
    const { code, leaks, output } = await ended({ databaseUrl, env });
    await taken.release();

    expect({ code, leaks }).toEqual({ code: 1, leaks: [] });
    expect(output).toContain('EADDRINUSE');
  });

  it.each(['migrate', 'seed'] as const)('are not told by %s when the database is away', async (entry) => {
    canaries = new Canaries();
    const url = `postgres://store:${canaries.at('a password')}@127.0.0.1:${await freePort()}/store`;
    const failure = await runEntry(entry, { serviceUrl: url, migratorUrl: url }).catch((error: unknown) => error); // with all that it wrote
    const output = inspect(failure, { depth: null, maxStringLength: null });

    expect(output).toContain(`${entry}: `);
    expect(canaries.foundIn(output)).toEqual([]);
  });
});
