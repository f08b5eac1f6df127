import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { refused } from '../support/refused.js';
import { PATIENT, RowLock } from '../support/row-lock.js';
import { createSampleProduct, rename } from '../support/sample-product.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

const SHUTDOWN_TIMEOUT_MS = 2000;
/** What the end may take beyond its bound on a busy machine. */
const TOLERANCE_MS = 4 * SLACK_MS;

describe('the end of a store that holds a request which never ends', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;
  let lock: RowLock;
  let outcome: Promise<unknown>;

  beforeEach(async () => {
    database = await storeDatabase();
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      env: { ...PATIENT, SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_TIMEOUT_MS) },
    });
    await store.ready();
    const product = await createSampleProduct(store.url);
    lock = await RowLock.on(database.url, product.id);
    outcome = rename(product, 'Enamel mug, blue').catch(() => 'cut');
    await lock.waitedFor();
  });

  afterEach(async () => {
    await lock.release();
    await store.stop();
    await database.drop();
  });

  it('comes at the bound, with 1, and cuts the connection', async () => {
    const signalledAtMs = performance.now();
    store.signal('SIGTERM');
    const exit = await store.exited;
    const durationMs = performance.now() - signalledAtMs;

    expect(exit).toEqual({ code: 1, signal: null });
    expect(durationMs).toBeGreaterThanOrEqual(SHUTDOWN_TIMEOUT_MS - 50);
    expect(durationMs).toBeLessThan(SHUTDOWN_TIMEOUT_MS + TOLERANCE_MS);
    expect(await outcome).toBe('cut');
    expect(store.logs).toContainEqual(
      expect.objectContaining({ level: 'error', why: `not done after ${SHUTDOWN_TIMEOUT_MS} ms` }),
    );
    expect(store.logs.at(-1)).toMatchObject({ msg: 'request', status: 499 }); // the cut is in the log too
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('comes at once, with 1, after a second signal (%s)', async (second) => {
    store.signal('SIGTERM');
    await refused(store.url);
    const signalledAtMs = performance.now();
    store.signal(second);
    const exit = await store.exited;

    expect(exit).toEqual({ code: 1, signal: null });
    expect(performance.now() - signalledAtMs).toBeLessThan(TOLERANCE_MS);
    expect(store.logs).toContainEqual(expect.objectContaining({ level: 'error', why: `a second ${second}` }));
  });
});

describe('the end of a store that still drains', () => {
  it('comes at once, with 1, after a second signal', async () => {
    const database = await storeDatabase();
    const store = await StoreProcess.start({ databaseUrl: database.serviceUrl, env: { DRAIN_DELAY_MS: '20000' } });
    await store.ready();

    store.signal('SIGTERM');
    await store.logged(({ msg }) => msg === 'shutting down');
    store.signal('SIGTERM');

    expect(await store.exited).toEqual({ code: 1, signal: null });
    await database.drop();
  });
});
