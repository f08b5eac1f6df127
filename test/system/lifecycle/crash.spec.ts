import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { refused } from '../support/refused.js';
import { PATIENT, RowLock } from '../support/row-lock.js';
import { createSampleProduct, rename, type SampleProduct } from '../support/sample-product.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

/** Shorter than the product's own bound after a crash, so that the test doesn't wait for that one. */
const SHUTDOWN_TIMEOUT_MS = 2000;
const TOLERANCE_MS = 4 * SLACK_MS;

describe.each([
  ['a rejection that nobody handles', 'SIGUSR2', 'unhandledRejection'],
  ['an exception that nobody catches', 'SIGWINCH', 'uncaughtException'],
] as const)('%s', (_name, plantedBy, reason) => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;
  let product: SampleProduct;
  let lock: RowLock;

  beforeAll(async () => {
    database = await storeDatabase();
  });

  beforeEach(async () => {
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      env: { ...PATIENT, SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_TIMEOUT_MS), DRAIN_DELAY_MS: '1000' },
      preload: ['fail-on-signal.mjs'],
    });
    await store.ready();
    product = await createSampleProduct(store.url);
    lock = await RowLock.on(database.url, product.id);
  });

  afterEach(async () => {
    await lock.release();
    await store.stop();
  });

  afterAll(() => database.drop());

  it('is logged as fatal with its stack and its cause', async () => {
    store.signal(plantedBy);

    const fatal = await store.logged(({ level }) => level === 'fatal');
    expect(fatal).toMatchObject({
      reason,
      err: {
        type: 'Error',
        message: 'a planted fault',
        stack: expect.stringContaining('fail-on-signal.mjs'),
        cause: { type: 'TypeError', message: 'the planted cause', stack: expect.any(String) },
      },
    });
  });

  it('lets what is in flight end, and then ends the process with 1', async () => {
    const slow = rename(product, 'Enamel mug, blue');
    await lock.waitedFor();

    store.signal(plantedBy);
    await refused(store.url);
    await lock.release();

    expect((await slow).status).toBe(200);
    expect(await store.exited).toEqual({ code: 1, signal: null });
    expect(store.logs.at(-1)).toMatchObject({ msg: 'stopped', reason, exitCode: 1 });
    expect(store.stderr).toEqual([]);
  });

  it('ends the process at the bound where what is in flight never ends', async () => {
    const outcome = rename(product, 'Enamel mug, blue').catch(() => 'cut');
    await lock.waitedFor();

    const plantedAtMs = performance.now();
    store.signal(plantedBy);

    expect(await store.exited).toEqual({ code: 1, signal: null });
    expect(performance.now() - plantedAtMs).toBeLessThan(SHUTDOWN_TIMEOUT_MS + TOLERANCE_MS);
    expect(await outcome).toBe('cut');
  });

  it('turns the exit code of a shutdown that is under way to 1', async () => {
    store.signal('SIGTERM');
    await store.logged(({ msg }) => msg === 'shutting down');
    store.signal(plantedBy);

    expect(await store.exited).toEqual({ code: 1, signal: null });
    expect(store.logs).toContainEqual(expect.objectContaining({ level: 'fatal', reason }));
  });
});
