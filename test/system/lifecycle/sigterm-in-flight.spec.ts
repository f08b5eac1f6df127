import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS, withConnection } from '#platform/testing';
import { refused } from '../support/refused.js';
import { PATIENT, RowLock } from '../support/row-lock.js';
import { createSampleProduct, rename, type SampleProduct } from '../support/sample-product.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

const SHUTDOWN_TIMEOUT_MS = 10_000;

describe('SIGTERM with a slow request in flight', () => {
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
      env: { ...PATIENT, SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_TIMEOUT_MS) },
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

  it('answers it in full, asks to close its connection, and ends with 0', async () => {
    const slow = rename(product, 'Enamel mug, blue');
    await lock.waitedFor();

    store.signal('SIGTERM');
    await refused(store.url);
    await lock.release();
    const answer = await slow;

    expect(answer.status).toBe(200);
    expect(answer.headers.get('connection')).toBe('close');
    expect(await answer.json()).toMatchObject({ id: product.id, name: 'Enamel mug, blue' });
    expect(await store.exited).toEqual({ code: 0, signal: null });
  });

  it('keeps what the request changed', async () => {
    const slow = rename(product, 'Enamel mug, green');
    await lock.waitedFor();

    store.signal('SIGTERM');
    await refused(store.url);
    await lock.release();
    await slow;
    await store.exited;

    const { rows } = await withConnection(database.url, (client) =>
      client.query('SELECT name FROM catalog.products WHERE id = $1', [product.id]),
    );
    expect(rows).toEqual([{ name: 'Enamel mug, green' }]);
  });

  it('ends as soon as the answer is out, without a word of trouble, and says at last that it has stopped', async () => {
    const slow = rename(product, 'Enamel mug, red');
    await lock.waitedFor();

    store.signal('SIGTERM');
    await refused(store.url);
    await lock.release();
    await slow;
    const answeredAtMs = performance.now();
    await store.exited;

    expect(performance.now() - answeredAtMs).toBeLessThan(4 * SLACK_MS);
    expect(store.logs.filter(({ level }) => !['info', 'debug'].includes(level))).toEqual([]);
    expect(store.logs.at(-1)).toMatchObject({ msg: 'stopped', reason: 'SIGTERM', exitCode: 0 });
    expect(store.stderr).toEqual([]);
  });

  it('treats SIGINT the same', async () => {
    const slow = rename(product, 'Enamel mug, white');
    await lock.waitedFor();

    store.signal('SIGINT');
    await refused(store.url);
    await lock.release();

    expect((await slow).status).toBe(200);
    expect(await store.exited).toEqual({ code: 0, signal: null });
  });
});
