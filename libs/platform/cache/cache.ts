import { noteDegraded, runOutsideRequest } from '#platform/context';
import { currentUnit } from '#platform/unit-of-work';
import { beginGeneration, type Begun } from './begin-generation.js';
import type { CacheReports } from './cache-reports.js';
import {
  type CacheDeclaration,
  checkDeclaration,
  entryKeys,
  type EntryKeys,
  type Lifetime,
} from './cache.declaration.js';
import { Changes } from './changes.js';
import { entryIn, type FoundEntry, generationIn } from './entry.js';
import { FailingKeys } from './failing-keys.js';
import { Filling } from './filling.js';
import type { Invalidations } from './invalidations.js';
import { SharedLoads } from './shared-loads.js';
import type { CacheTier } from './tier/cache-tier.js';

/** Values that are loaded anew behind the scenes at one time; beyond it they just get older. */
const REFRESHES_MAX = 32;

export interface CacheParts {
  readonly prefix: string;
  readonly tier: CacheTier;
  readonly reports: CacheReports;
  readonly invalidations: Invalidations;
}

type Load<T> = () => Promise<T | null>;

type Look<T> =
  | { readonly state: 'found'; readonly entry: FoundEntry<T>; readonly generation: string }
  | { readonly state: 'missing'; readonly generation: string | undefined }
  /** The tier can't be asked, or must not be believed: a change is under way. */
  | { readonly state: 'bypass'; readonly result: 'held' | 'bypass' };

/**
 * One kind of thing, cached. Each thing has a generation, which ends with each change of it; a value that is kept names
 * the one that was current before it was loaded, and counts for nothing in any other. So whoever asks after a change was
 * committed never sees what was before it, and a slow reader that keeps an old value keeps it in vain. See ADR 18.
 */
export class Cache<T> {
  private readonly loads = new SharedLoads<T | null>();
  private readonly prefix: string;
  private readonly filling: Filling<T>;
  private readonly changes: Changes;
  private readonly failing = new FailingKeys();

  /** @throws RangeError for a declaration that makes no sense */
  constructor(
    private readonly declaration: CacheDeclaration<T>,
    private readonly parts: CacheParts,
  ) {
    checkDeclaration(declaration);
    this.prefix = `${parts.prefix}:${declaration.name}`;
    this.filling = new Filling(declaration, parts.tier);
    this.changes = new Changes(parts.tier, parts.invalidations);
  }

  /**
   * The thing of that key: as it is kept, or loaded. A tier that is away costs its time-out and no error: then it is
   * loaded, once at a time for all who ask. Inside of a unit of work it is always loaded, with what the unit has done.
   * @throws whatever `load` throws, and nothing else
   */
  async through(key: string, lifetime: Lifetime, load: Load<T>): Promise<T | null> {
    if (lifetime.ttlSeconds === 0 || currentUnit()) return load();
    const keys = this.keysOf(key);
    const look = await this.look(keys);
    if (look.state === 'bypass') {
      this.report(look.result, key);
      return this.loads.joinNext(key, load);
    }
    if (look.state === 'found') {
      this.report(look.entry.fresh ? 'hit' : 'stale', key);
      if (!look.entry.fresh) this.refresh(key, keys, look.generation, lifetime, load);
      return look.entry.value;
    }
    const begun: Begun =
      look.generation === undefined
        ? await beginGeneration(this.parts.tier, keys.generation)
        : { state: 'current', id: look.generation };
    if (begun.state !== 'current') {
      this.report(begun.state === 'held' ? 'held' : 'bypass', key);
      return this.loads.joinNext(key, load);
    }
    this.report('miss', key);
    const noted = this.failing.noting(key, load);
    return this.loads.join(`${key} ${begun.id}`, () => this.filling.fill(keys, begun.id, lifetime, noted));
  }

  /**
   * Does a change of what these keys stand for. While it is under way nobody keeps anything of them; when it is
   * committed, or undone, with the unit of work that it is a part of, what was kept counts no more, in any replica.
   * @throws whatever `work` throws, and nothing else
   */
  changing<R>(keys: readonly string[], work: () => Promise<R>): Promise<R> {
    return this.changes.around(
      keys.map((key) => this.keysOf(key)),
      work,
    );
  }

  private async look(keys: EntryKeys): Promise<Look<T>> {
    const { tier, invalidations } = this.parts;
    if (invalidations.isPending(keys.generation)) return { state: 'bypass', result: 'bypass' };
    try {
      const [value, kept] = await tier.read([keys.value, keys.generation]);
      const generation = generationIn(kept);
      if (generation.state === 'held') return { state: 'bypass', result: 'held' };
      if (generation.state === 'absent') return { state: 'missing', generation: undefined };
      const entry = entryIn(value, { key: keys.key, generation: generation.id, nowMs: Date.now() }, this.declaration);
      if (entry) return { state: 'found', entry, generation: generation.id };
      return { state: 'missing', generation: generation.id };
    } catch {
      return { state: 'bypass', result: 'bypass' }; // told by the dependency's own metrics and log
    }
  }

  private refresh(key: string, keys: EntryKeys, generation: string, lifetime: Lifetime, load: Load<T>): void {
    if (this.loads.size >= REFRESHES_MAX) return;
    // By a name of its own: it gives nothing where another replica is at it, and whoever has no value must not join that.
    const noted = this.failing.noting(key, load);
    const refreshed = () =>
      this.loads.join(`${key} ${generation} refresh`, () => this.filling.refresh(keys, generation, lifetime, noted));
    // Noted, when it fails: the stale value has been given out, and the next one tries.
    void runOutsideRequest(refreshed).catch(() => undefined);
  }

  private keysOf(key: string): EntryKeys {
    return entryKeys(this.prefix, this.declaration.version, key);
  }

  private report(result: 'hit' | 'stale' | 'miss' | 'held' | 'bypass', key: string): void {
    const { name } = this.declaration;
    this.parts.reports.requested(name, result);
    const isDegraded = result === 'bypass' || (result === 'stale' && this.failing.has(key));
    if (isDegraded) noteDegraded(`cache:${name}`, result);
  }
}
