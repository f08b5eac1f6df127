import { describe, expect, it } from '@jest/globals';
import { cacheContract } from '../testing/cache.contract.js';
import { manyReadsContract } from '../testing/many-reads.contract.js';
import { cacheTierContract } from '../testing/cache-tier.contract.js';
import { ENTRIES_MAX, MemoryCacheTier } from './memory-cache-tier.js';

describe('MemoryCacheTier', () => {
  cacheTierContract(() => new MemoryCacheTier());

  it('holds so many entries and no more: the one that was not used for the longest leaves', async () => {
    const tier = new MemoryCacheTier();
    await tier.write(['first', 'second'], 'value', 60_000);
    tier.read(['first']);
    await tier.write(
      Array.from({ length: ENTRIES_MAX - 1 }, (_, n) => `key-${n}`),
      'value',
      60_000,
    );

    expect(tier.size).toBe(ENTRIES_MAX);
    expect(tier.read(['first', 'second'])).toEqual(['value', undefined]);
  });
});

describe('a cache in memory', () => {
  const shared = (): [MemoryCacheTier, MemoryCacheTier] => {
    const tier = new MemoryCacheTier();
    return [tier, tier];
  };
  cacheContract(shared);
  manyReadsContract(shared);
});
