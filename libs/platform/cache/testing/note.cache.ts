import type { CacheDeclaration, Lifetime } from '../cache.declaration.js';
import { CacheReports, type CacheResult } from '../cache-reports.js';
import { Cache } from '../cache.js';
import { Invalidations } from '../invalidations.js';
import type { CacheTier } from '../tier/cache-tier.js';

/** A thing of the tests', with a field of each kind. */
export interface Note {
  readonly text: string;
  readonly at: Date;
}

export const NOTES: CacheDeclaration<Note> = {
  name: 'test.notes',
  version: 1,
  write: ({ text, at }) => ({ text, at: at.toISOString() }),
  read: (kept) => {
    const { text, at } = (kept ?? {}) as Record<string, unknown>;
    if (typeof text !== 'string' || typeof at !== 'string') return undefined;
    return { text, at: new Date(at) };
  },
};

export const LASTING: Lifetime = { ttlSeconds: 60, staleSeconds: 60 };

export const note = (text: string): Note => ({ text, at: new Date('2026-03-01T12:00:00.123Z') });

/** The caches of one replica. */
export class Replica {
  readonly results: CacheResult[] = [];
  readonly invalidations: Invalidations;

  constructor(readonly tier: CacheTier) {
    this.invalidations = new Invalidations(tier);
  }

  /** @param prefix common to the replicas of one test */
  notes(prefix: string, changes: Partial<CacheDeclaration<Note>> = {}): Cache<Note> {
    const { tier, invalidations, results } = this;
    const reports = new (class extends CacheReports {
      override requested(_cache: string, result: CacheResult, times: number): void {
        for (let n = 0; n < times; n += 1) results.push(result);
      }
    })();
    return new Cache({ ...NOTES, ...changes }, { prefix, tier, reports, invalidations });
  }
}
