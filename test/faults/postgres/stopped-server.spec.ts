import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PostgresServer } from '../support/processes/postgres-server.js';
import { REQUEST_MAX_MS } from './bounds.js';
import { expectHonest, Scene } from './scene.js';

describe('a Postgres whose processes are stopped', () => {
  let server: PostgresServer;
  let scene: Scene;

  beforeAll(async () => {
    server = await PostgresServer.start();
  });

  beforeEach(async () => {
    scene = await Scene.set({ server });
  });

  afterEach(async () => {
    server.resume();
    await scene.end();
  });

  afterAll(() => server.stop());

  it('costs each request a bounded wait and an honest refusal', async () => {
    const load = scene.readLoad();
    await load.reached(10);
    await server.pause();
    const stoppedAtMs = performance.now();
    await load.reached(load.soFar.outcomes.length + 100);
    const log = await load.stop();

    expectHonest(log, REQUEST_MAX_MS);
    expect(Object.keys(log.since(stoppedAtMs).summary().byResult)).toEqual(['503']);
  });

  it('costs writes no more', async () => {
    await server.pause();
    const answers = await Promise.all([scene.write('Mug one'), scene.write('Mug two'), scene.read()]);

    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(Math.max(...answers.map(({ tookMs }) => tookMs))).toBeLessThan(REQUEST_MAX_MS);
  });

  it('is served from again soon after it goes on', async () => {
    const load = scene.readLoad();
    await server.pause();
    await load.reached(100);

    server.resume();
    await scene.recovered();
    const wellFromMs = performance.now();
    await load.reached(load.soFar.outcomes.length + 100);

    expect(Object.keys((await load.stop()).since(wellFromMs).summary().byResult)).toEqual(['200']);
  });
});
