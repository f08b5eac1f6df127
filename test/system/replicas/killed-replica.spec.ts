import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { behindEach, Replicas, Traffic, type Slot } from '../support/replicas/index.js';

const CLIENTS = 12;

behindEach('kill -9 of one of three replicas, under load', (kind) => {
  let replicas: Replicas;
  let traffic: Traffic;
  let victim: Slot;
  /** When the victim was killed, and when it was gone. */
  let killedAtMs: number;
  let goneAtMs: number;

  beforeAll(async () => {
    replicas = await Replicas.behind(kind);
    traffic = await Traffic.of(CLIENTS, replicas.url);
    await traffic.answered(100);
    [victim] = replicas.slots as [Slot];
    killedAtMs = performance.now();
    await replicas.kill(victim);
    goneAtMs = performance.now();
    await traffic.answered(300);
    await traffic.stop();
  });
  afterAll(() => replicas.close());

  it('fails what it had in hand, nothing else, and nothing after', async () => {
    const inFlight = traffic.log.filter((request) => request.startedAtMs < goneAtMs && request.endedAtMs > killedAtMs);
    const { failures } = traffic;

    expect(failures.filter((failure) => !inFlight.includes(failure))).toEqual([]);
    expect(failures.length).toBeLessThanOrEqual(CLIENTS);
    // Each was at the victim: no survivor has heard of it.
    const heard = new Set(replicas.running.flatMap(({ logs }) => logs.map(({ requestId }) => requestId)));
    expect(failures.filter(({ requestId }) => heard.has(requestId))).toEqual([]);
    expect(traffic.since(goneAtMs).length).toBeGreaterThanOrEqual(300);
  });

  it('does no write twice that is repeated with its key, and loses none', async () => {
    const repeated = await traffic.repeatFailedWrites();

    expect(repeated.filter(({ status }) => status !== 200)).toEqual([]);
    expect(await traffic.added()).toBe(traffic.toAdd);
  });

  it('leaves room for a new one in its place, which is found', async () => {
    await replicas.start(victim);
    await replicas.balancer.sendsTo(victim);
  });
});
