import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pollUntil } from '../../../tools/process/wait.ts';
import { SLACK_MS } from '#platform/testing';
import { OrderClient } from '../../system/support/order-client.js';
import { LAG_MAX_MS, OTHER, ReplicaScene, SETTLE_MS, WRITER } from './scene.js';

const START_TIMEOUT_MS = 60_000;

describe('a read replica whose replay stands still', () => {
  let scene: ReplicaScene;

  beforeAll(async () => {
    scene = await ReplicaScene.set();
  }, START_TIMEOUT_MS);
  afterAll(() => scene.end());
  afterEach(() => scene.resumeReplay());

  it('shows a writer what he wrote, others what was, and all of them everything when it would be too old', async () => {
    await scene.until('fresh');
    await scene.pauseReplay();
    const product = await scene.create(WRITER);

    const ownWritesBefore = await scene.reads('own-write');
    for (let n = 0; n < 5; n += 1) expect(await scene.sees(product, WRITER)).toBe(true);
    expect(await scene.reads('own-write')).toBe(ownWritesBefore + 5);
    expect(await scene.sees(product, OTHER)).toBe(false);
    const writtenByMs = performance.now();

    const seen = async (): Promise<true | null> => ((await scene.sees(product, OTHER)) ? true : null);
    expect(await pollUntil(seen, { timeoutMs: SETTLE_MS })).toBe(true);
    expect(performance.now() - writtenByMs).toBeLessThan(LAG_MAX_MS + SLACK_MS);
    expect(await scene.reads('lagging')).toBeGreaterThan(0);
    expect(await scene.health()).toMatchObject({ status: 'degraded', state: 'lagging' });
    expect(await scene.sees(product, WRITER)).toBe(true);
  });

  it('is used again when it has caught up, by its writer too', async () => {
    await scene.until('fresh');
    const product = await scene.create(WRITER);
    const freshBefore = await scene.reads('fresh');
    const fromReplica = async (): Promise<true | null> => {
      expect(await scene.sees(product, WRITER)).toBe(true);
      return (await scene.reads('fresh')) > freshBefore ? true : null;
    };

    expect(await pollUntil(fromReplica, { timeoutMs: SETTLE_MS })).toBe(true);
    expect(await scene.health()).toMatchObject({ state: 'fresh' });
  });

  it('shows a customer the order that he has just placed, wherever he asks from', async () => {
    const product = await scene.create(WRITER);
    await scene.activate(product, WRITER);
    await scene.until('fresh');
    await scene.pauseReplay();
    const customer = new OrderClient(scene.store.url, 'customer-of-the-replica');
    const order = await customer.placed([product, 1]);

    const { body } = await customer.page();
    expect(body.items.map(({ id }) => id)).toEqual([order.id]);
  });

  it('never shows to a writer what was before his write, however often he writes', async () => {
    await scene.until('fresh');
    for (let n = 0; n < 40; n += 1) {
      const product = await scene.create(WRITER);
      expect(await scene.sees(product, WRITER)).toBe(true);
    }
  });
});
