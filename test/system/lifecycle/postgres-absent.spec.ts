import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS, TcpProxy } from '#platform/testing';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

/** From the arrival of Postgres to the first 200 of the readiness probe. */
const RECOVERY_MS = 5000;
/** The wait for a connection, once, and a busy machine. */
const REFUSAL_MS = 2000;
/** A server that is silent is given up after DATABASE_QUERY_TIMEOUT_MS. */
const SILENCE_MS = 3500;

describe('the store and a Postgres that is not there', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let proxy: TcpProxy;
  let store: StoreProcess;

  beforeEach(async () => {
    database = await storeDatabase();
    proxy = await TcpProxy.closed(database.serviceUrl);
  });

  afterEach(async () => {
    await store.stop();
    await proxy.close();
    await database.drop();
  });

  describe('at boot', () => {
    beforeEach(async () => {
      store = await StoreProcess.start({ databaseUrl: proxy.url });
    });

    it('listens, lives and has started, but is not ready, and says why', async () => {
      expect((await probe(store, '/health/live')).status).toBe(200);
      expect((await probe(store, '/health/startup')).status).toBe(200);
      expect(await probe(store, '/health/ready')).toMatchObject({
        status: 503,
        body: { error: { database: { status: 'down', reason: expect.stringContaining('not reached') } } },
      });
    });

    it('refuses requests at once with a problem that says when to come back', async () => {
      expect(await refusalOf(store)).toEqual({
        status: 503,
        contentType: expect.stringMatching(/^application\/problem\+json/),
        code: 'platform.database-unavailable',
        retryAfter: expect.stringMatching(/^[1-3]$/),
        soon: true,
      });
    });

    it('is ready within seconds of its arrival, and serves', async () => {
      await store.logged(({ level }) => level === 'warn');

      await proxy.open();
      await store.ready(RECOVERY_MS);

      expect((await fetch(`${store.url}/v1/products`)).status).toBe(200);
      expect(store.logs.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it('ends with 0 while it still looks for it', async () => {
      store.signal('SIGTERM');

      expect(await store.exited).toEqual({ code: 0, signal: null });
    });
  });

  describe('after having been there', () => {
    beforeEach(async () => {
      await proxy.open();
      store = await StoreProcess.start({ databaseUrl: proxy.url });
      await store.ready();
      await fetch(`${store.url}/v1/products`); // a connection is in the pool
      await proxy.close();
    });

    it('stays ready, while the report for people says that the database is down', async () => {
      await store.probed('/health', 503);

      expect((await probe(store, '/health/ready')).status).toBe(200);
      expect((await probe(store, '/health/live')).status).toBe(200);
      expect(await probe(store, '/health')).toMatchObject({ body: { error: { database: { status: 'down' } } } });
    });

    it('refuses requests with a problem that says when to come back', async () => {
      expect(await refusalOf(store)).toMatchObject({
        status: 503,
        code: 'platform.database-unavailable',
        retryAfter: expect.stringMatching(/^[1-3]$/),
        soon: true,
      });
    });

    it('serves again when it is back, without a restart', async () => {
      expect((await refusalOf(store)).status).toBe(503);

      await proxy.open();
      await store.probed('/health', 200, RECOVERY_MS);

      expect((await fetch(`${store.url}/v1/products`)).status).toBe(200);
      expect(store.child.exitCode).toBeNull();
    });
  });

  describe('while it answers nothing', () => {
    beforeEach(async () => {
      await proxy.open();
      store = await StoreProcess.start({ databaseUrl: proxy.url });
      await store.ready();
      await fetch(`${store.url}/v1/products`);
      proxy.freeze();
    });

    it('gives up on requests within the bound, and on its own report within that of a probe', async () => {
      const [refusal, report] = await Promise.all([refusalOf(store), timed(() => probe(store, '/health'))]);

      expect(refusal).toMatchObject({ status: 503, code: expect.stringMatching(/^platform\.database-/) });
      expect(report.value).toMatchObject({ status: 503, body: { error: { database: { status: 'down' } } } });
      expect(report.durationMs).toBeLessThan(4 * SLACK_MS);
    });

    it('ends within the bound after SIGTERM, although its pool hears no goodbye', async () => {
      const { value: exit, durationMs } = await timed(() => {
        store.signal('SIGTERM');
        return store.exited;
      });

      expect(exit).toEqual({ code: 0, signal: null });
      // What it had asked in the background a moment before ends with its time-out.
      expect(durationMs).toBeLessThan(SILENCE_MS + SLACK_MS);
    });
  });
});

async function probe(store: StoreProcess, path: string) {
  const answer = await fetch(store.managementUrl + path);
  return { status: answer.status, body: await answer.json() };
}

async function refusalOf(store: StoreProcess) {
  const { value: answer, durationMs } = await timed(() => fetch(`${store.url}/v1/products`));
  const { code } = (await answer.json()) as { code?: string };
  return {
    status: answer.status,
    contentType: answer.headers.get('content-type'),
    code,
    retryAfter: answer.headers.get('retry-after'),
    soon: durationMs < REFUSAL_MS,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly durationMs: number }> {
  const startedAtMs = performance.now();
  const value = await work();
  return { value, durationMs: performance.now() - startedAtMs };
}
