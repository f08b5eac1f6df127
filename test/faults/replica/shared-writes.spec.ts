import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { describeWith, REDIS_SERVER, RedisServer } from '#platform/testing';
import type { StoreProcess } from '../../system/support/store-process.js';
import { OTHER, ReplicaScene, WRITER } from './scene.js';

const START_TIMEOUT_MS = 60_000;

describeWith(REDIS_SERVER, 'two stores that share a Redis, and a read replica whose replay stands still', () => {
  let redis: RedisServer;
  let scene: ReplicaScene;
  let there: StoreProcess;

  beforeAll(async () => {
    redis = await RedisServer.start();
    scene = await ReplicaScene.set({ REDIS_URL: redis.url });
    there = await scene.anotherStore();
  }, START_TIMEOUT_MS);
  afterAll(async () => {
    await there.stop();
    await scene.end();
    await redis.stop();
  });
  afterEach(() => scene.resumeReplay());

  it('show a writer at either what he wrote at one of them, and others what was', async () => {
    await scene.until('fresh');
    await scene.until('fresh', there);
    await scene.pauseReplay();
    const product = await scene.create(WRITER);

    const ownWritesBefore = await scene.reads('own-write', there);
    for (let n = 0; n < 5; n += 1) expect(await scene.sees(product, WRITER, there)).toBe(true);
    expect(await scene.reads('own-write', there)).toBe(ownWritesBefore + 5);
    expect(await scene.sees(product, OTHER, there)).toBe(false);
  });

  it('answer everybody while Redis is away, and a writer where he wrote with what he wrote', async () => {
    await scene.until('fresh');
    await redis.stop();
    await scene.pauseReplay();
    const product = await scene.create(WRITER);

    expect(await scene.sees(product, WRITER)).toBe(true);
    expect(await scene.read(OTHER, there)).toBe(200);
    await redis.restart();
  });
});
