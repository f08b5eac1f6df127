import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { storeDatabase } from '../../system/support/store-database.js';
import { StoreProcess } from '../../system/support/store-process.js';
import { OpenLoopLoad } from '../support/load/open-loop-load.js';

/** How long a connection to Postgres is waited for: what is opened when the block begins has its time-out in it. */
const ACQUIRE_TIMEOUT_MS = 2000;
const BLOCK_MS = ACQUIRE_TIMEOUT_MS + 200;

describe('an event loop that was blocked for seconds', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;

  beforeAll(async () => {
    database = await storeDatabase({ seeded: true });
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      preload: ['block-on-signal.mjs'],
      env: { TEST_BLOCK_MS: String(BLOCK_MS), DATABASE_ACQUIRE_TIMEOUT_MS: String(ACQUIRE_TIMEOUT_MS) },
    });
    await store.ready();
  });
  afterAll(async () => {
    await store.stop();
    await database.drop();
  });

  it('delays what came meanwhile, fails nobody, and leaves no trace after that', async () => {
    const load = OpenLoopLoad.start({
      url: store.url,
      request: { path: '/v1/products?limit=5' },
      ratePerSecond: 50,
      durationMs: 6000,
    });
    await fetch(`${store.url}/v1/products?limit=1`).then((answer) => answer.body?.cancel());
    const blockedAtMs = performance.now();
    store.signal('SIGUSR2');
    const log = await load.finished;

    expect(Object.keys(log.summary().byResult)).toEqual(['200']);
    expect(log.summary().maxMs).toBeGreaterThan(BLOCK_MS / 2); // it was blocked
    expect(log.since(blockedAtMs + BLOCK_MS + 1500).summary().p99Ms).toBeLessThan(2 * SLACK_MS);
  });
});
