import type { Companion } from '../../domain/recommendation.js';

/** Companions as JSON, for the cache: they are that already. */
export const keptCompanions = (companions: readonly Companion[]): readonly Companion[] => companions;

/** The companions again; undefined when what lies in the cache are none, whoever has put it there. */
export const companionsIn = (kept: unknown): readonly Companion[] | undefined =>
  Array.isArray(kept) && kept.every(isCompanion) ? kept : undefined;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1;

function isCompanion(kept: unknown): kept is Companion {
  if (typeof kept !== 'object' || kept === null) return false;
  const { productId, together, purchases } = kept as Partial<Record<keyof Companion, unknown>>;
  return typeof productId === 'string' && isCount(together) && isCount(purchases) && together <= purchases;
}
