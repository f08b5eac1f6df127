import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { behindEach, Replicas, Traffic } from '../support/replicas/index.js';

const CLIENTS = 12;
const TIMEOUT_MS = 120_000;

behindEach('SIGTERM to each replica in turn, under load', (kind) => {
  let replicas: Replicas;
  let traffic: Traffic;
  beforeEach(async () => {
    // The drain of production: a balancer has to find out within it.
    replicas = await Replicas.behind(kind, { env: { DRAIN_DELAY_MS: '5000' } });
    traffic = await Traffic.of(CLIENTS, replicas.url);
  });
  afterEach(async () => {
    await traffic.stop();
    await replicas.close();
  });

  it(
    'fails no request of clients that keep their connections, and loses no write',
    async () => {
      await traffic.answered(100);
      const exits = [];
      for (const slot of replicas.slots) {
        exits.push(await replicas.terminate(slot));
        await replicas.start(slot);
        await replicas.balancer.sendsTo(slot);
      }
      await traffic.answered(100);
      await traffic.stop();

      expect(exits).toEqual(replicas.slots.map(() => ({ code: 0, signal: null })));
      expect(traffic.failures).toEqual([]);
      expect(traffic.log.length).toBeGreaterThan(1_000);
      expect(await traffic.added()).toBe(traffic.toAdd);
    },
    TIMEOUT_MS,
  );
});
