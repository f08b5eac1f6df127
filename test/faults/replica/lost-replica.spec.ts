import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import type { ClientLog } from '../support/load/client-log.js';
import { READ_TIMEOUT_MS, ReplicaScene } from './scene.js';

/** After its bound a statement has this long to be given up (run-until-end.ts); then the primary answers. */
const GIVE_UP_MS = 150;
const READ_MAX_MS = READ_TIMEOUT_MS + GIVE_UP_MS + SLACK_MS;
const START_TIMEOUT_MS = 60_000;
const REQUESTS_MEANWHILE = 100;
/** A look of the watch that is in hand: a connection and an answer, of each server (control-connection.ts). */
const SHUTDOWN_MAX_MS = 4_000 + SLACK_MS;

const expectUnharmed = (log: ClientLog): void => {
  const { byResult, maxMs } = log.summary();
  expect(Object.keys(byResult)).toEqual(['200']);
  expect(maxMs).toBeLessThan(READ_MAX_MS);
};

describe('a read replica that is lost', () => {
  let scene: ReplicaScene;

  beforeEach(async () => {
    scene = await ReplicaScene.set();
    await scene.until('fresh');
  }, START_TIMEOUT_MS);
  afterEach(() => scene.end());

  it('by SIGKILL, fails no read; and is used again when it is back', async () => {
    const load = scene.readLoad();
    await load.reached(20);
    await scene.replica.kill();
    await load.reached(load.soFar.outcomes.length + REQUESTS_MEANWHILE);
    expect(await scene.health()).toMatchObject({ status: 'degraded', state: 'out' });
    await scene.replica.restart();
    await scene.until('fresh');

    expectUnharmed(await load.stop());
    expect(await scene.reads('out')).toBeGreaterThan(0);
  });

  it('to silence, costs the first reads a bounded wait, and the others none; and is used again when it speaks', async () => {
    const load = scene.readLoad();
    await load.reached(20);
    await scene.replica.pause();
    await load.reached(load.soFar.outcomes.length + REQUESTS_MEANWHILE);
    const [failed, out] = [await scene.reads('failed'), await scene.reads('out')];
    scene.replica.resume();
    await scene.until('fresh');

    expectUnharmed(await load.stop());
    expect(failed).toBeGreaterThan(0);
    expect(out).toBeGreaterThan(failed);
  });

  it('to silence, holds up no shutdown', async () => {
    await scene.replica.pause();
    await scene.read();
    const askedAtMs = performance.now();
    scene.store.signal('SIGTERM');

    expect(await scene.store.exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - askedAtMs).toBeLessThan(SHUTDOWN_MAX_MS);
  });

  it('when it is ended in good order, and when its connections are, fails no read', async () => {
    const load = scene.readLoad();
    await load.reached(20);
    const { ended } = await scene.onReplica(
      `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity WHERE application_name LIKE 'mainstay-read%'`,
    );
    await load.reached(load.soFar.outcomes.length + REQUESTS_MEANWHILE);
    await scene.replica.down();
    await load.reached(load.soFar.outcomes.length + REQUESTS_MEANWHILE);

    expectUnharmed(await load.stop());
    expect(ended).toBeGreaterThanOrEqual(2);
  });

  it('before the start, keeps no store from serving, which uses it once it is there', async () => {
    await scene.replica.down();
    const store = await scene.anotherStore();
    try {
      const list = async (): Promise<number> => (await fetch(`${store.url}/v1/products`)).status;
      expect(await list()).toBe(200);

      await scene.replica.restart();
      await store.logged(({ msg }) => msg === 'The read replica answers reads.');
      expect(await list()).toBe(200);
    } finally {
      await store.stop();
    }
  });

  it('to a promotion, is left out: it writes a log of its own from then on', async () => {
    await scene.onReplica('SELECT pg_promote()');
    await scene.until('out');

    expect(await scene.health()).toMatchObject({ reason: 'it is no replica, and not the primary' });
    expect((await fetch(`${scene.store.managementUrl}/health/ready`)).status).toBe(200);
    const product = await scene.create('203.0.113.9');
    expect(await scene.sees(product, '203.0.113.10')).toBe(true);
  });
});
