import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClient } from 'redis';
import { describeWith, REDIS_SERVER, RedisServer } from '#platform/testing';
import { readMetrics } from '../support/metrics.js';
import { OrderClient } from '../support/order-client.js';
import { ROOT } from '../support/spawn-service.js';
import { StoreClient } from '../support/store-client.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

const GUIDE = join(ROOT, 'docs/guides/caching.md');
/** The commands that the guide names for a user of the service's own. */
const NAMED = /A user of its own needs, on `~mainstay:\*`: `([A-Z\s]+)`/;
const PASSWORD = randomBytes(9).toString('hex');

describeWith(REDIS_SERVER, 'a store whose user in Redis may do what the guide says, and nothing else', () => {
  let redis: RedisServer;
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;

  beforeAll(async () => {
    const commands = (NAMED.exec(await readFile(GUIDE, 'utf8'))?.[1] ?? '').split(/\s+/).map((name) => `+${name}`);
    [redis, database] = await Promise.all([RedisServer.start(), storeDatabase()]);
    const admin = createClient({ url: redis.url });
    await admin.connect();
    await admin.sendCommand(['ACL', 'SETUSER', 'store', 'on', `>${PASSWORD}`, '~mainstay:*', '-@all', ...commands]);
    admin.destroy();
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      env: { REDIS_URL: redis.url.replace('//', `//store:${PASSWORD}@`), RATE_LIMIT_MAX: '1000000' },
    });
    await store.ready();
  }, 60_000);
  afterAll(async () => {
    await store.stop();
    await database.drop();
    await redis.stop();
  });

  /** What was asked of Redis, and how it went. */
  const asked = async (): Promise<ReadonlyMap<string, Set<string>>> => {
    const outcomes = new Map<string, Set<string>>();
    for (const { name, labels } of await readMetrics(store.managementUrl)) {
      if (name !== 'dependency_request_duration_seconds_count' || labels['dependency'] !== 'redis') continue;
      const operation = labels['operation'] ?? '';
      outcomes.set(operation, (outcomes.get(operation) ?? new Set()).add(labels['outcome'] ?? ''));
    }
    return outcomes;
  };

  it('is refused nothing that it asks', async () => {
    const shop = new StoreClient(store.url);
    const { id } = await shop.created({ stock: 9 });
    await shop.turn(id, 'activate');
    for (let n = 0; n < 3; n += 1) await shop.product(id);
    await new OrderClient(store.url, 'ada').placed([{ id }, 2]);
    await fetch(`${store.managementUrl}/health`);

    const outcomes = await asked();
    const refused = [...outcomes].filter(([, how]) => [...how].some((outcome) => outcome !== 'ok'));
    expect(refused).toEqual([]);
    expect([...outcomes.keys()]).toEqual(
      expect.arrayContaining([
        'cache.read',
        'cache.claim',
        'cache.hold',
        'cache.release',
        'cache.prolong',
        'cache.write',
        'ping',
      ]),
    );
    expect([...outcomes.keys()].some((operation) => operation.startsWith('rate-limit'))).toBe(true);
    expect([...outcomes.keys()].some((operation) => operation.startsWith('unique-clients'))).toBe(true);
  });
});
