import { afterAll, beforeAll, it } from '@jest/globals';
import { describeWith, REDIS_SERVER } from '#platform/testing';
import { readMetrics } from '../support/metrics.js';
import type { StoreProcess } from '../support/store-process.js';
import { StoreReplicas } from '../support/store-replicas.js';

/** A client is known to the other replicas after a second. */
const TOLD_MS = 10_000;

const ask = async (store: StoreProcess, client: number): Promise<void> => {
  const headers = { 'x-forwarded-for': `203.0.113.${client}` };
  await (await fetch(`${store.url}/v1/nowhere`, { headers })).arrayBuffer();
};

const askAs = (store: StoreProcess, from: number, count: number): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, n) => ask(store, from + n)));

async function uniqueClients(store: StoreProcess): Promise<Record<string, number>> {
  const samples = (await readMetrics(store.managementUrl)).filter(({ name }) => name === 'unique_clients');
  return Object.fromEntries(samples.map(({ labels, value }): [string, number] => [labels['window'] ?? '', value]));
}

/** Both read until each tells the number for both windows. */
async function telling(stores: readonly StoreProcess[], count: number): Promise<void> {
  const endsAtMs = performance.now() + TOLD_MS;
  for (;;) {
    const told = await Promise.all(stores.map(uniqueClients));
    if (told.every(({ minute, day }) => minute === count && day === count)) return;
    if (performance.now() > endsAtMs) throw new Error(`They tell ${JSON.stringify(told)}, not ${count}.`);
  }
}

describeWith(REDIS_SERVER, 'unique_clients of two replicas', () => {
  let replicas: StoreReplicas;
  beforeAll(async () => {
    replicas = await StoreReplicas.start(2);
  }, 60_000);
  afterAll(() => replicas.stop());

  it('are the clients of both, and each of them once', async () => {
    const { stores } = replicas;
    await Promise.all(stores.map((store, index) => askAs(store, 1 + index * 20, 40)));

    await telling(stores, 60);
  });

  it('are those of each alone while Redis is away', async () => {
    await replicas.redis.stop();

    await telling(replicas.stores, 40);
  });

  it('begin anew with a Redis that has lost all, and are told of by a replica that ends', async () => {
    const [one, other] = replicas.stores;
    if (!one || !other) throw new Error('There are two.');
    await replicas.redis.restart();
    await telling([one, other], 0);

    await ask(other, 200);
    other.signal('SIGTERM');
    await other.exited;

    await telling([one], 1);
  });
});
