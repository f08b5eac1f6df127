import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PostgresServer } from '../support/processes/postgres-server.js';
import { REQUEST_MAX_MS } from './bounds.js';
import { expectHonest, Scene } from './scene.js';

describe('a Postgres that restarts', () => {
  let server: PostgresServer;
  let scene: Scene;

  beforeAll(async () => {
    server = await PostgresServer.start();
  });

  beforeEach(async () => {
    scene = await Scene.set({ server });
  });

  afterEach(() => scene.end());
  afterAll(() => server.stop());

  it.each([
    ['in good order', () => server.restart('fast')],
    ['at once', () => server.restart('immediate')],
    ['after it was killed', () => server.kill().then(() => server.restart())],
  ])('%s is served from again soon after, and every request was answered', async (_how, restart) => {
    const load = scene.readLoad();
    await load.reached(20);

    await restart();
    await scene.recovered();
    const wellFromMs = performance.now();
    await load.reached(load.soFar.outcomes.length + 50);
    const log = await load.stop();

    expectHonest(log, REQUEST_MAX_MS);
    expect(Object.keys(log.since(wellFromMs).summary().byResult)).toEqual(['200']);
  });

  it('is missed at once while it is down', async () => {
    await server.down();
    const load = scene.readLoad();
    await load.reached(50);
    const log = await load.stop();
    await server.restart();

    expectHonest(log, REQUEST_MAX_MS);
    expect(Object.keys(log.summary().byResult)).toEqual(['503']);
    await scene.recovered();
  });
});
