import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ask } from './embedded-postgres/testing/cluster-folder.ts';
import { aCheckout, freePorts, pretendBuilt, ToolRun } from './start/testing/tool-run.ts';

const STAND_IN_PROGRAM = join('tools', 'start', 'testing', 'stand-in-program.ts');
const STAND_IN_STORE = join('tools', 'start', 'testing', 'stand-in-store.ts');

describe('a program with services', () => {
  let checkout: string;
  let remove: () => Promise<void>;

  beforeEach(async () => {
    ({ path: checkout, remove } = await aCheckout({ mode: 0o755 }));
    await pretendBuilt(checkout);
  });

  afterEach(() => remove());

  const runProgram = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    new ToolRun(checkout, [join('tools', 'with-services.ts'), ...args], env);

  it('has a database that answers for as long as it runs, and nothing stays', async () => {
    const run = runProgram([STAND_IN_PROGRAM, 'asks']);

    const code = await run.ended;

    expect(run.output).toContain('database store');
    expect(code).toBe(0);
    expect(await readdir(join(checkout, '.data'))).toEqual(['postgres']);
    expect(await readdir(join(checkout, '.data', 'postgres'))).not.toContain('postmaster.pid');
  });

  it('decides the exit code', async () => {
    const run = runProgram([STAND_IN_PROGRAM, 'fails'], { DATABASE_URL: 'postgres://elsewhere/store' });

    expect(await run.ended).toBe(5);
    expect(run.output).toContain('The database is the one that DATABASE_URL names: postgres://elsewhere/store');
  });

  it('gets the database of DATABASE_URL, and none is started', async () => {
    const run = runProgram([STAND_IN_PROGRAM, 'shows'], { DATABASE_URL: 'postgres://elsewhere/store' });

    await run.ended;

    expect(run.output).toContain('postgres://elsewhere/store');
    expect(await readdir(join(checkout, '.data'))).toEqual([]);
  });

  it('is not run where migrations would go to another database than the rest', async () => {
    const run = runProgram([STAND_IN_PROGRAM, 'shows'], { DATABASE_MIGRATOR_URL: 'postgres://elsewhere/store' });

    expect(await run.ended).toBe(1);
    expect(run.output).toContain('DATABASE_MIGRATOR_URL is set and DATABASE_URL is not');
  });

  it('uses the database of a running npm start, and leaves it running', async () => {
    const store = new ToolRun(checkout, ['tools/start.ts', '--entry', STAND_IN_STORE], await freePorts());
    await store.printed('The store is up.');
    const url = (await store.printed('uses ')).replace('"}', '');

    const run = runProgram([STAND_IN_PROGRAM, 'shows']);
    await run.ended;
    const stillThere = await ask(url, 'SELECT 1 AS one');
    store.child.kill('SIGTERM');
    await store.ended;

    expect(run.output).toContain(url);
    expect(run.output).toMatch(/^migrator postgres:\/\/mainstay_migrator:/m);
    expect(stillThere).toEqual([{ one: 1 }]);
  });

  it('must be named', async () => {
    const run = runProgram([]);

    expect(await run.ended).toBe(1);
    expect(run.output).toContain('Usage: node tools/with-services.ts <entry.js>');
  });
});
