import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../support/free-port.js';
import { refused } from '../support/refused.js';
import { PATIENT, RowLock } from '../support/row-lock.js';
import { createSampleProduct, rename } from '../support/sample-product.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

/** Long enough for a dozen probes on a busy machine. */
const DRAIN_DELAY_MS = 1500;

describe('the probes through the life of the store', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;

  beforeEach(async () => {
    database = await storeDatabase();
  });

  afterEach(async () => {
    await store.stop();
    await database.drop();
  });

  it('start: alive, but neither started nor ready, until the public port listens', async () => {
    store = await heldInItsStart(database.url);

    expect(await probe(store, 'startup')).toEqual({ status: 503, body: { status: 'starting' } });
    expect(await probe(store, 'ready')).toMatchObject({
      status: 503,
      body: { error: { lifecycle: { status: 'down', phase: 'starting' } } },
    });

    store.signal('SIGUSR2');
    await store.listening();
    expect(await probe(store, 'startup')).toEqual({ status: 200, body: { status: 'serving' } });
    await store.ready();
  });

  it('start: a SIGTERM ends it with 0, before the public port has ever listened', async () => {
    store = await heldInItsStart(database.url);

    store.signal('SIGTERM');

    expect(await store.exited).toEqual({ code: 0, signal: null });
    expect(store.logs.at(-1)).toMatchObject({ msg: 'stopped', exitCode: 0 });
  });

  it('serving: alive, started and ready, with the state of what it needs', async () => {
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl });
    await store.ready();

    expect(await probe(store, 'live')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(await probe(store, 'startup')).toEqual({ status: 200, body: { status: 'serving' } });
    expect(await probe(store, 'ready')).toMatchObject({
      status: 200,
      body: {
        status: 'ok',
        details: { lifecycle: { status: 'up', phase: 'serving' }, database: { status: 'up', schema: 'current' } },
      },
    });
  });

  it('drain: not ready, while it lives and requests are answered', async () => {
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      env: { DRAIN_DELAY_MS: String(DRAIN_DELAY_MS) },
    });
    await store.ready();

    store.signal('SIGTERM');
    await store.probed('/health/ready', 503);

    expect(await probe(store, 'ready')).toMatchObject({
      status: 503,
      body: { error: { lifecycle: { status: 'down', phase: 'draining' } } },
    });
    expect(await probe(store, 'live')).toEqual({ status: 200, body: { status: 'ok' } });
    expect((await probe(store, 'startup')).status).toBe(200);
    expect((await fetch(`${store.url}/v1/products`)).status).toBe(200);
  });

  it('closing: alive and not ready, as long as a request is in flight; then nobody answers', async () => {
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl, env: PATIENT });
    await store.ready();
    const product = await createSampleProduct(store.url);
    const lock = await RowLock.on(database.url, product.id);
    const slow = rename(product, 'Enamel mug, blue');
    await lock.waitedFor();

    store.signal('SIGTERM');
    await refused(store.url);
    expect((await probe(store, 'live')).status).toBe(200);
    expect((await probe(store, 'ready')).status).toBe(503);

    await lock.release();
    expect((await slow).status).toBe(200);
    await store.exited;
    await expect(probe(store, 'live')).rejects.toThrow();
  });
});

/** A store that lives, and whose public port doesn't listen before it gets SIGUSR2. */
async function heldInItsStart(databaseUrl: string): Promise<StoreProcess> {
  const managementPort = String(await freePort());
  const store = StoreProcess.launch({
    databaseUrl,
    env: { PORT: String(await freePort()), MANAGEMENT_PORT: managementPort },
    preload: ['hold-public-listener.mjs'],
  });
  store.managementUrl = `http://127.0.0.1:${managementPort}`;
  await store.probed('/health/live', 200);
  return store;
}

async function probe(store: StoreProcess, name: 'live' | 'ready' | 'startup') {
  const answer = await fetch(`${store.managementUrl}/health/${name}`);
  return { status: answer.status, body: await answer.json() };
}
