import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { LoopWatch } from './loop-watch.js';

const standStill = (forMs: number): void => {
  const endsAtMs = performance.now() + forMs;
  while (performance.now() < endsAtMs);
};

describe('a watch on the event loop', () => {
  let watch: LoopWatch;

  beforeEach(() => {
    watch = new LoopWatch();
  });
  afterEach(() => watch.stop());

  it('tells that the loop stood still, even to one whose own timer ran out meanwhile', async () => {
    const timedOut = delay(10);
    standStill(250);
    await timedOut;

    expect(await watch.stoodStill()).toBe(true);
  });

  it('tells that it ran, when it was only waited', async () => {
    await delay(400);

    expect(await watch.stoodStill()).toBe(false);
  });

  it('makes nothing of a wait that was too short to tell', async () => {
    expect(await watch.stoodStill()).toBe(false);
  });
});
