import {
  CacheReports,
  type CacheResult,
  Caches,
  type CacheTier,
  Invalidations,
  MemoryCacheTier,
} from '#platform/cache';
import { redisSettings } from './redis-scene.js';

/** For the test of an adapter that has something cached: caches as the app gives them, and how reads through them went. */
export function someCaches(tier: CacheTier = new MemoryCacheTier()): { caches: Caches; results: CacheResult[] } {
  const results: CacheResult[] = [];
  class Recording extends CacheReports {
    override requested(_cache: string, result: CacheResult, times: number): void {
      for (let n = 0; n < times; n += 1) results.push(result);
    }
  }
  const caches = new Caches(redisSettings(undefined), tier, new Recording(), new Invalidations(tier));
  return { caches, results };
}
