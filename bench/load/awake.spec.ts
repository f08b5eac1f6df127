import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { whileAwake } from './awake.js';

const idleMs = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.nodeTiming.idleTime;
  await work();
  return performance.nodeTiming.idleTime - before;
};

describe('a load that is awake', () => {
  it('never sleeps while it waits, and does when it is done', async () => {
    const awake = await idleMs(() => whileAwake(() => delay(100)));
    const asleep = await idleMs(() => delay(100));

    expect(awake).toBeLessThan(asleep / 2);
  });

  it('gives what was made meanwhile, or why it was not', async () => {
    await expect(whileAwake(() => Promise.resolve(1))).resolves.toBe(1);
    await expect(whileAwake(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });
});
