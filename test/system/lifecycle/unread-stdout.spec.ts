import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

/** More lines than the pipe (64 KiB) and the reader's own buffer hold. */
const REQUESTS = 1000;
const SHUTDOWN_TIMEOUT_MS = 2000;
const TOLERANCE_MS = 6 * SLACK_MS;

describe('a store whose log nobody reads any more', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;

  beforeEach(async () => {
    database = await storeDatabase();
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      env: { SHUTDOWN_TIMEOUT_MS: String(SHUTDOWN_TIMEOUT_MS) },
    });
    await store.ready();
    store.child.stdout.pause();
  });

  afterEach(async () => {
    store.child.stdout.resume();
    await store.stop();
    await database.drop();
  });

  it('answers all the same, and still ends within its bound', async () => {
    for (let sent = 0; sent < REQUESTS; sent += 1) {
      const answer = await fetch(`${store.url}/v1/products`);
      await answer.body?.cancel();
      expect(answer.status).toBe(200);
    }

    const signalledAtMs = performance.now();
    const exited = once(store.child, 'exit');
    store.signal('SIGTERM');
    await exited;

    expect(performance.now() - signalledAtMs).toBeLessThan(SHUTDOWN_TIMEOUT_MS + TOLERANCE_MS);
  });
});
