import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { BackendWatch } from '../support/probes/backends.js';
import { POOL_MAX, REQUEST_MAX_MS, STATEMENT_MS } from './bounds.js';
import { expectHonest, Scene } from './scene.js';

/** Long enough for each kind of wait to end by its bound. */
const REQUESTS_IN_THE_DARK = 100;

describe('a network that swallows what the store and Postgres say', () => {
  let scene: Scene;
  let backends: BackendWatch;

  beforeEach(async () => {
    scene = await Scene.set();
    backends = await BackendWatch.on(scene.databaseUrl);
  });

  afterEach(async () => {
    await backends.stop();
    await scene.end();
  });

  it.each(['both', 'toTarget', 'toClient'] as const)(
    'costs each request a bounded wait and an honest refusal (%s)',
    async (where) => {
      const load = scene.readLoad();
      await load.reached(10);
      const darkFromMs = performance.now();
      scene.proxy.blackHole(where);
      await load.reached(load.soFar.outcomes.length + REQUESTS_IN_THE_DARK);
      const log = await load.stop();

      expectHonest(log, REQUEST_MAX_MS);
      expect(Object.keys(log.since(darkFromMs).summary().byResult)).toEqual(['503']);
      expect(backends.oldestMs).toBeLessThan(STATEMENT_MS + SLACK_MS);
    },
  );

  it('serves again soon after, without a stampede of connects', async () => {
    const load = scene.readLoad();
    scene.proxy.blackHole();
    await load.reached(REQUESTS_IN_THE_DARK);
    const connectionsBefore = scene.proxy.connections;

    scene.proxy.heal();
    await scene.recovered();
    const wellFromMs = performance.now();
    await load.reached(load.soFar.outcomes.length + 100);
    const log = await load.stop();

    expect(Object.keys(log.since(wellFromMs).summary().byResult)).toEqual(['200']);
    expect(scene.proxy.connections - connectionsBefore).toBeLessThanOrEqual(2 * POOL_MAX);
  });
});
