import type { CacheDeclaration } from './cache.declaration.js';

/** A value as it lies in the tier. */
export interface KeptEntry {
  /** The generation of the thing when its loading began: the value counts while that is the current one. */
  readonly generation: string;
  /** Since the epoch, in milliseconds. */
  readonly freshUntilMs: number;
  /** null: the thing is absent. */
  readonly value: unknown;
}

/** What an entry was read as, on the entry itself: a tier that gives out the very object has it read once. */
const READ_AS = Symbol('what this entry was read as');

interface ReadEntry extends KeptEntry {
  [READ_AS]?: { readonly by: unknown; readonly value: unknown };
}

export interface FoundEntry<T> {
  readonly value: T | null;
  readonly fresh: boolean;
}

/** Marks a generation that is about to end: a change is under way, and what is loaded now may be what it replaces. */
export const HOLD_MARK = '!';

export type Generation =
  { readonly state: 'current'; readonly id: string } | { readonly state: 'held' } | { readonly state: 'absent' };

/** What lies under a thing's generation key; anything foreign is as good as nothing. */
export function generationIn(kept: unknown): Generation {
  if (typeof kept !== 'string' || kept === '') return { state: 'absent' };
  return kept.startsWith(HOLD_MARK) ? { state: 'held' } : { state: 'current', id: kept };
}

/** The value, if what is kept is one, of this generation, and readable; else undefined. */
export function entryIn<T>(
  kept: unknown,
  { key, generation, nowMs }: { readonly key: string; readonly generation: string; readonly nowMs: number },
  { read }: Pick<CacheDeclaration<T>, 'read'>,
): FoundEntry<T> | undefined {
  if (!isEntry(kept) || kept.generation !== generation) return undefined;
  const fresh = nowMs < kept.freshUntilMs;
  if (kept.value === null) return fresh ? { value: null, fresh } : undefined;
  const known = kept[READ_AS];
  if (known?.by === read) return { value: known.value as T, fresh };
  const value = read(kept.value, key);
  if (value === undefined) return undefined;
  kept[READ_AS] = { by: read, value };
  return { value, fresh };
}

function isEntry(kept: unknown): kept is ReadEntry {
  if (typeof kept !== 'object' || kept === null) return false;
  const { generation, freshUntilMs, value } = kept as Partial<Record<keyof KeptEntry, unknown>>;
  return typeof generation === 'string' && typeof freshUntilMs === 'number' && value !== undefined;
}
