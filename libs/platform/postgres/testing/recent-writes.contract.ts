import { beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import type { RecentWrites } from '../replica/recent-writes.js';
import { LSN_MAX } from '../replica/lsn.js';

const LONG_MS = 60_000;

/** What holds for every memory of recent writes. Each key is a new one, so that the memory may be shared. */
export function recentWritesContract(make: () => Promise<RecentWrites>): void {
  describe('as a memory of recent writes', () => {
    let recentWrites: RecentWrites;
    beforeEach(async () => {
      recentWrites = await make();
    });

    let made = 0;
    const aKey = (): string => `key-${process.pid}-${performance.now()}-${(made += 1)}`;

    it('knows nothing of who has not written', async () => {
      await recentWrites.remember([aKey()], 7n, LONG_MS);
      expect(await recentWrites.latest([aKey(), aKey()])).toBeNull();
      expect(await recentWrites.latest([])).toBeNull();
    });

    it('knows a writer by each of his keys', async () => {
      const [user, address] = [aKey(), aKey()];
      await recentWrites.remember([user, address], 0x16b374d848n, LONG_MS);

      expect(await recentWrites.latest([user])).toBe(0x16b374d848n);
      expect(await recentWrites.latest([aKey(), address])).toBe(0x16b374d848n);
    });

    it('gives the latest of all keys, as a number', async () => {
      const [user, address] = [aKey(), aKey()];
      await recentWrites.remember([user], 9n, LONG_MS);
      await recentWrites.remember([address], 10n, LONG_MS);

      expect(await recentWrites.latest([user, address])).toBe(10n);
      expect(await recentWrites.latest([address, user])).toBe(10n);
      expect(await recentWrites.latest([user])).toBe(9n);
    });

    it('moves forward with each write, and never back', async () => {
      const key = aKey();
      await recentWrites.remember([key], 10n, LONG_MS);
      await recentWrites.remember([key], 12n, LONG_MS);
      await recentWrites.remember([key], 11n, LONG_MS);

      expect(await recentWrites.latest([key])).toBe(12n);
    });

    it('keeps the end of every log: a place that no replica reaches', async () => {
      const key = aKey();
      await recentWrites.remember([key], LSN_MAX, LONG_MS);
      await recentWrites.remember([key], 5n, LONG_MS);

      expect(await recentWrites.latest([key])).toBe(LSN_MAX);
    });

    it('forgets after the time that it was told', async () => {
      const [short, long] = [aKey(), aKey()];
      await recentWrites.remember([short], 3n, 30);
      await recentWrites.remember([long], 4n, LONG_MS);
      while ((await recentWrites.latest([short])) !== null) await delay(5);

      expect(await recentWrites.latest([short, long])).toBe(4n);
    });

    it('begins the time anew with each write', async () => {
      const key = aKey();
      await recentWrites.remember([key], 3n, 30);
      await recentWrites.remember([key], 4n, LONG_MS);
      await delay(60);

      expect(await recentWrites.latest([key])).toBe(4n);
    });
  });
}
