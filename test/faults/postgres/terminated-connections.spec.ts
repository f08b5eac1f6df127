import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { terminateBackends } from '../support/probes/backends.js';
import { PATIENT_ACQUIRE_MS, REQUEST_MAX_MS } from './bounds.js';
import { expectHonest, Scene } from './scene.js';

describe('connections that the server ends in mid-traffic', () => {
  let scene: Scene;

  beforeEach(async () => {
    // How long a new connection takes is the server's matter, not that of those that it ended.
    scene = await Scene.set({ env: { DATABASE_ACQUIRE_TIMEOUT_MS: String(PATIENT_ACQUIRE_MS) } });
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

    expectHonest(log, PATIENT_ACQUIRE_MS + REQUEST_MAX_MS);
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
