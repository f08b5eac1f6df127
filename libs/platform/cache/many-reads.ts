import { generationFor } from './begin-generation.js';
import type { EntryKeys, Lifetime } from './cache.declaration.js';
import type { Filling } from './filling.js';
import type { Look } from './looks.js';
import type { CacheTier } from './tier/cache-tier.js';

/** Loads the things of these keys; what is absent is not among them. */
export type LoadMany<T> = (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>;

export interface Looked<T> {
  readonly keys: EntryKeys;
  readonly look: Look<T>;
}

/**
 * Loads what a look at many things has not found, all in one go, and keeps it. By whoever asks, for itself: of many that
 * miss the same at once each loads it, as it would without a cache.
 */
export async function loadMissing<T>(
  missing: readonly Looked<T>[],
  { tier, filling, lifetime }: { readonly tier: CacheTier; readonly filling: Filling<T>; readonly lifetime: Lifetime },
  load: LoadMany<T>,
): Promise<ReadonlyMap<string, T>> {
  // Before the load: what changes meanwhile ends the generation, and what was loaded counts for nothing.
  const generations = await Promise.all(missing.map((each) => generationToKeepIn(each, tier)));
  const loaded = await load(missing.map(({ keys }) => keys.key));
  for (const [index, { keys }] of missing.entries()) {
    const generation = generations[index];
    if (generation !== undefined) void filling.keep(keys, generation, lifetime, loaded.get(keys.key) ?? null);
  }
  return loaded;
}

/** Undefined: nothing is to be kept of it now. */
async function generationToKeepIn<T>({ keys, look }: Looked<T>, tier: CacheTier): Promise<string | undefined> {
  if (look.state !== 'missing') return undefined;
  const begun = await generationFor(tier, keys.generation, look.generation);
  return begun.state === 'current' ? begun.id : undefined;
}
