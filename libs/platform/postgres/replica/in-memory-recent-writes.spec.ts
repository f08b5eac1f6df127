import { describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { recentWritesContract } from '../testing/recent-writes.contract.js';
import { InMemoryRecentWrites } from './in-memory-recent-writes.js';

const LONG_MS = 60_000;

describe('InMemoryRecentWrites', () => {
  recentWritesContract(() => Promise.resolve(new InMemoryRecentWrites()));

  it('takes everybody for the writer that it had no room to remember', async () => {
    const recentWrites = new InMemoryRecentWrites(2);
    await recentWrites.remember(['a'], 30n, LONG_MS);
    await recentWrites.remember(['b'], 10n, LONG_MS);
    expect(await recentWrites.latest(['somebody'])).toBeNull();

    await recentWrites.remember(['c'], 20n, LONG_MS);

    expect(await recentWrites.latest(['a'])).toBe(30n);
    expect(await recentWrites.latest(['somebody'])).toBe(30n);
    expect(await recentWrites.latest(['b'])).toBe(30n);
  });

  it('gives up who wrote longest ago', async () => {
    const recentWrites = new InMemoryRecentWrites(2);
    await recentWrites.remember(['a'], 1n, LONG_MS);
    await recentWrites.remember(['b'], 2n, LONG_MS);
    await recentWrites.remember(['a'], 3n, LONG_MS);
    await recentWrites.remember(['c'], 4n, LONG_MS);

    expect(await recentWrites.latest(['somebody'])).toBe(2n);
  });

  it('makes room by forgetting what has ended first', async () => {
    const recentWrites = new InMemoryRecentWrites(2);
    await recentWrites.remember(['a', 'b'], 9n, 20);
    while ((await recentWrites.latest(['a', 'b'])) !== null) await delay(5);
    await recentWrites.remember(['c', 'd'], 1n, LONG_MS);

    expect(await recentWrites.latest(['somebody'])).toBeNull();
  });
});
