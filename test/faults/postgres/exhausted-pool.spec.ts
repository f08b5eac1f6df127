import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { PATIENT, RowLock } from '../../system/support/row-lock.js';
import { BackendWatch } from '../support/probes/backends.js';
import { ACQUIRE_MS } from './bounds.js';
import { refusal, Scene, type TimedAnswer } from './scene.js';

const POOL_MAX = 2;

describe('a pool whose connections are all in use', () => {
  let scene: Scene;
  let backends: BackendWatch;
  let lock: RowLock;
  let writing: Promise<TimedAnswer>[];

  beforeEach(async () => {
    scene = await Scene.set({
      env: { ...PATIENT, DATABASE_POOL_MAX: String(POOL_MAX), REQUEST_TIMEOUT_MS: '15000' },
    });
    backends = await BackendWatch.on(scene.databaseUrl);
    lock = await RowLock.on(scene.databaseUrl, scene.product.id);
    writing = Array.from({ length: POOL_MAX }, (_, index) => scene.write(`Mug ${index}`));
    await backends.blocked(POOL_MAX);
  });

  afterEach(async () => {
    await lock.release();
    await Promise.all(writing);
    await backends.stop();
    await scene.end();
  });

  it('is waited for no longer than the bound on the wait', async () => {
    const answers = await Promise.all([scene.read(), scene.read(), scene.write('Mug, too many')]);

    for (const answer of answers) {
      expect(answer).toMatchObject(refusal('platform.database-unavailable'));
      expect(answer.tookMs).toBeLessThan(ACQUIRE_MS + SLACK_MS);
    }
  });

  it('harms none of those who use it, and serves all when they are done', async () => {
    expect((await scene.read()).status).toBe(503);
    await lock.release();

    expect((await Promise.all(writing)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await scene.read()).status).toBe(200);
  });
});
