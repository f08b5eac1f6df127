import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort, takePort } from '../support/free-port.js';
import { StoreProcess } from '../support/store-process.js';

/** sysexits.h: a wrong configuration, which a restart doesn't cure. */
const EX_CONFIG = 78;

describe('a start with a wrong configuration', () => {
  let store: StoreProcess;

  afterEach(() => store.stop());

  it('ends with 78 and one report that names each fault and no value', async () => {
    store = StoreProcess.launch({ env: { PORT: 'abc-canary', SHUTDOWN_TIMEOUT_MS: '-77123' } });
    const exit = await store.exited;

    expect(exit).toEqual({ code: EX_CONFIG, signal: null });
    const report = store.stderr.join('\n');
    expect(report).toMatch(/^The configuration has 3 faults/);
    expect(report).toMatch(/^ {2}DATABASE_URL \S/m);
    expect(report).toMatch(/^ {2}PORT \S/m);
    expect(report).toMatch(/^ {2}SHUTDOWN_TIMEOUT_MS \S/m);
    expect(report).not.toMatch(/canary|77123/);
    expect(store.stdout).toEqual([]);
  });

  it('does not repeat a secret that has the wrong form', async () => {
    store = StoreProcess.launch({ databaseUrl: 'mysql://store:canary-password@localhost/store' });

    expect(await store.exited).toEqual({ code: EX_CONFIG, signal: null });
    expect(store.stderr.join('\n')).toContain('DATABASE_URL');
    expect(store.stderr.join('\n')).not.toContain('canary');
  });
});

describe.each(['PORT', 'MANAGEMENT_PORT'])('a start where %s is taken', (variable) => {
  it('ends with 1 and a fatal line that says so', async () => {
    const taken = await takePort();
    const other = variable === 'PORT' ? 'MANAGEMENT_PORT' : 'PORT';
    const store = StoreProcess.launch({
      databaseUrl: `postgres://store@127.0.0.1:${await freePort()}/store`,
      env: { [variable]: String(taken.port), [other]: '0' },
    });

    expect(await store.exited).toEqual({ code: 1, signal: null });
    const fatal = store.logs.filter(({ level }) => level === 'fatal');
    expect(fatal).toEqual([expect.objectContaining({ err: expect.objectContaining({ code: 'EADDRINUSE' }) })]);
    expect(JSON.stringify(fatal)).toContain(String(taken.port));
    expect(store.stderr).toEqual([]);
    await taken.release();
  });
});
