import type { CacheDeclaration, EntryKeys } from './cache.declaration.js';
import { entryIn, type FoundEntry, generationIn } from './entry.js';
import type { Invalidations } from './invalidations.js';
import type { CacheTier, Kept } from './tier/cache-tier.js';

export interface Found<T> {
  readonly state: 'found';
  readonly entry: FoundEntry<T>;
  readonly generation: string;
}

/** What a look into the tier gave. */
export type Look<T> =
  | Found<T>
  | { readonly state: 'missing'; readonly generation: string | undefined }
  /** The tier can't be asked, or must not be believed: a change is under way. */
  | { readonly state: 'bypass'; readonly result: 'held' | 'bypass' };

export const UNKNOWN = { state: 'bypass', result: 'bypass' } as const;

/** Looks into the tier, at once where that answers at once, and never fails. */
export class Looks<T> {
  constructor(
    private readonly declaration: Pick<CacheDeclaration<T>, 'read'>,
    private readonly tier: CacheTier,
    private readonly invalidations: Invalidations,
  ) {}

  /** At all of them in one read, in their order. */
  at(things: readonly EntryKeys[]): readonly Look<T>[] | Promise<readonly Look<T>[]> {
    const unasked = (): readonly Look<T>[] => things.map(() => UNKNOWN);
    if (things.every((keys) => this.invalidations.isPending(keys.generation))) return unasked();
    const names: string[] = [];
    for (const { value, generation } of things) names.push(value, generation);
    try {
      const kept = this.tier.read(names);
      return kept instanceof Promise
        ? kept.then((later) => this.seen(things, later)).catch(unasked) // told by the dependency's own metrics and log
        : this.seen(things, kept);
    } catch {
      return unasked();
    }
  }

  private seen(things: readonly EntryKeys[], kept: readonly Kept[]): readonly Look<T>[] {
    return things.map((keys, index) =>
      this.invalidations.isPending(keys.generation) ? UNKNOWN : this.lookAt(keys, kept[2 * index], kept[2 * index + 1]),
    );
  }

  private lookAt(keys: EntryKeys, value: Kept, kept: Kept): Look<T> {
    const generation = generationIn(kept);
    if (generation.state === 'held') return { state: 'bypass', result: 'held' };
    if (generation.state === 'absent') return { state: 'missing', generation: undefined };
    const entry = entryIn(value, { key: keys.key, generation: generation.id, nowMs: Date.now() }, this.declaration);
    return entry
      ? { state: 'found', entry, generation: generation.id }
      : { state: 'missing', generation: generation.id };
  }
}
