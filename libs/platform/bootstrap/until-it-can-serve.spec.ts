import { describe, expect, it } from '@jest/globals';
import { Lifecycle } from '#platform/lifecycle';
import { untilItCanServe } from './until-it-can-serve.js';

/** Has what it needs from the n-th look on. */
function healthFrom(look: number) {
  const health = { looks: 0, hasWhatItNeeds: async (): Promise<boolean> => (health.looks += 1) >= look };
  return health;
}

describe('a start', () => {
  it('goes on at once when it has what it needs', async () => {
    const health = healthFrom(1);
    await untilItCanServe(health, new Lifecycle());

    expect(health.looks).toBe(1);
  });

  it('waits for what it needs', async () => {
    const health = healthFrom(3);
    await untilItCanServe(health, new Lifecycle());

    expect(health.looks).toBe(3);
  });

  it('goes on without, after a while', async () => {
    const health = healthFrom(Infinity);
    await untilItCanServe(health, new Lifecycle(), 50);

    expect(health.looks).toBeGreaterThan(1);
  });

  it('waits no longer when the process is asked to end', async () => {
    const lifecycle = new Lifecycle();
    const health = healthFrom(Infinity);
    const waiting = untilItCanServe(health, lifecycle, 60_000);
    lifecycle.draining();

    await waiting;
  });
});
