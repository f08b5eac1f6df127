import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { terminateBackends } from '../support/probes/backends.js';
import { REQUEST_MAX_MS } from './bounds.js';
import { expectHonest, Scene } from './scene.js';

describe('connections that the server ends in mid-traffic', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.set();
  });

  afterEach(() => scene.end());

  it('cost at most the requests that were on them', async () => {
    const load = scene.readLoad();
    let ended = 0;
    for (const count of [25, 50, 75]) {
      await load.reached(count);
      ended += await terminateBackends(scene.databaseUrl);
    }
    await load.reached(125);
    const log = await load.stop();

    expectHonest(log, REQUEST_MAX_MS);
    expect(ended).toBeGreaterThanOrEqual(3);
    expect(log.with('503').outcomes.length).toBeLessThanOrEqual(ended);
  });

  it('are replaced at once', async () => {
    await terminateBackends(scene.databaseUrl);
    await scene.recovered();

    const load = scene.readLoad();
    await load.reached(25);
    const log = await load.stop();

    expect(Object.keys(log.summary().byResult)).toEqual(['200']);
  });
});
