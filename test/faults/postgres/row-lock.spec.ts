import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { RowLock } from '../../system/support/row-lock.js';
import { BackendWatch } from '../support/probes/backends.js';
import { LOCK_MS } from './bounds.js';
import { refusal, Scene } from './scene.js';

describe('a row that another session holds', () => {
  let scene: Scene;
  let backends: BackendWatch;
  let lock: RowLock;

  beforeEach(async () => {
    scene = await Scene.set();
    backends = await BackendWatch.on(scene.databaseUrl);
    lock = await RowLock.on(scene.databaseUrl, scene.product.id);
  });

  afterEach(async () => {
    await lock.release();
    await backends.stop();
    await scene.end();
  });

  it('is waited for no longer than the bound on locks, on the server too', async () => {
    const answer = await scene.write('Mug, locked');

    expect(answer).toMatchObject(refusal('platform.database-conflict'));
    expect(answer.tookMs).toBeLessThan(LOCK_MS + SLACK_MS);
    expect(backends.oldestMs).toBeLessThan(LOCK_MS + SLACK_MS);
    await backends.quiet(SLACK_MS);
  });

  it('keeps nobody from reading it', async () => {
    const writing = scene.write('Mug, locked');
    await lock.waitedFor();

    expect((await fetch(scene.product.url)).status).toBe(200);
    expect((await writing).status).toBe(409);
  });

  it('is written when it is free again', async () => {
    expect((await scene.write('Mug, locked')).status).toBe(409);
    await lock.release();

    expect((await scene.write('Mug, free')).status).toBe(200);
  });
});
