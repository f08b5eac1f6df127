import { noteDegraded, runOutsideRequest } from '#platform/context';
import { currentUnit } from '#platform/unit-of-work';
import { generationFor } from './begin-generation.js';
import type { CacheReports } from './cache-reports.js';
import { type CacheDeclaration, checkDeclaration, type EntryKeys, type Lifetime } from './cache.declaration.js';
import { Changes } from './changes.js';
import { FailingKeys } from './failing-keys.js';
import { Filling } from './filling.js';
import type { Invalidations } from './invalidations.js';
import { KnownKeys } from './known-keys.js';
import { type Found, type Look, Looks, UNKNOWN } from './looks.js';
import { type Looked, type LoadMany, loadMissing } from './many-reads.js';
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

/**
 * One kind of thing, cached. Each thing has a generation, which ends with each change of it; a value that is kept names
 * the one that was current before it was loaded, and counts for nothing in any other. So whoever asks after a change was
 * committed never sees what was before it, and a slow reader that keeps an old value keeps it in vain. See ADR 18.
 */
export class Cache<T> {
  private readonly loads = new SharedLoads<T | null>();
  private readonly keys: KnownKeys;
  private readonly looks: Looks<T>;
  private readonly filling: Filling<T>;
  private readonly changes: Changes;
  private readonly failing = new FailingKeys();

  /** @throws RangeError for a declaration that makes no sense */
  constructor(
    private readonly declaration: CacheDeclaration<T>,
    private readonly parts: CacheParts,
  ) {
    checkDeclaration(declaration);
    this.keys = new KnownKeys(`${parts.prefix}:${declaration.name}`, declaration.version);
    this.looks = new Looks(declaration, parts.tier, parts.invalidations);
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
    const keys = this.keys.of(key);
    const looked = this.looks.at([keys]);
    const [look = UNKNOWN] = looked instanceof Promise ? await looked : looked;
    if (look.state === 'bypass') {
      this.report(look.result, key);
      return this.loads.joinNext(key, load);
    }
    if (look.state === 'found') {
      this.reportFound(look, keys, lifetime, load);
      return look.entry.value;
    }
    const begun = await generationFor(this.parts.tier, keys.generation, look.generation);
    if (begun.state !== 'current') {
      this.report(begun.state === 'held' ? 'held' : 'bypass', key);
      return this.loads.joinNext(key, load);
    }
    this.report('miss', key);
    const noted = this.failing.noting(key, load);
    return this.loads.join(`${key} ${begun.id}`, () => this.filling.fill(keys, begun.id, lifetime, noted));
  }

  /**
   * The same of many things at once: those that are kept, and the others by one load. What is absent is not among them.
   * @param partly where the load fails, what is kept is better than nothing: it is given, if there is any
   * @throws whatever `load` throws, and nothing else
   */
  async throughMany(
    names: readonly string[],
    lifetime: Lifetime,
    load: LoadMany<T>,
    { partly = false } = {},
  ): Promise<ReadonlyMap<string, T>> {
    if (lifetime.ttlSeconds === 0 || currentUnit()) return load(names);
    const things = names.map((key) => this.keys.of(key));
    const looked = this.looks.at(things);
    const looks = looked instanceof Promise ? await looked : looked;
    const { found, missing } = this.toldApart(things, looks, lifetime, load);
    if (missing.length === 0) return found;
    const { filling, parts } = this;
    try {
      const loaded = await loadMissing(missing, { tier: parts.tier, filling, lifetime }, load);
      return new Map([...found, ...loaded]);
    } catch (error) {
      if (!partly || found.size === 0) throw error;
      noteDegraded(`cache:${this.declaration.name}`, 'partly');
      return found;
    }
  }

  private toldApart(things: readonly EntryKeys[], looks: readonly Look<T>[], lifetime: Lifetime, load: LoadMany<T>) {
    const found = new Map<string, T>();
    const missing: Looked<T>[] = [];
    let hits = 0;
    for (const [index, keys] of things.entries()) {
      const look = looks[index] ?? UNKNOWN;
      if (look.state !== 'found') {
        this.report(look.state === 'missing' ? 'miss' : look.result, keys.key);
        missing.push({ keys, look });
      } else {
        if (look.entry.fresh) hits += 1;
        else this.reportFound(look, keys, lifetime, async () => (await load([keys.key])).get(keys.key) ?? null);
        if (look.entry.value !== null) found.set(keys.key, look.entry.value);
      }
    }
    if (hits > 0) this.parts.reports.requested(this.declaration.name, 'hit', hits);
    return { found, missing };
  }

  /**
   * Does a change of what these keys stand for. While it is under way nobody keeps anything of them; when it is
   * committed, or undone, with the unit of work that it is a part of, what was kept counts no more, in any replica.
   * @throws whatever `work` throws, and nothing else
   */
  changing<R>(keys: readonly string[], work: () => Promise<R>): Promise<R> {
    return this.changes.around(
      keys.map((key) => this.keys.of(key)),
      work,
    );
  }

  private reportFound({ entry, generation }: Found<T>, keys: EntryKeys, lifetime: Lifetime, load: Load<T>): void {
    this.report(entry.fresh ? 'hit' : 'stale', keys.key);
    if (!entry.fresh) this.refresh(keys.key, keys, generation, lifetime, load);
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

  private report(result: 'hit' | 'stale' | 'miss' | 'held' | 'bypass', key: string): void {
    const { name } = this.declaration;
    this.parts.reports.requested(name, result, 1);
    const isDegraded = result === 'bypass' || (result === 'stale' && this.failing.has(key));
    if (isDegraded) noteDegraded(`cache:${name}`, result);
  }
}
