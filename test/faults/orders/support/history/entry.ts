import { codeOf, type Adjustment, type Purchase, type TillAnswer } from '../till.js';

/**
 * What a client may take for granted of what it asked for. `unknown`: a connection broke, or the store could not tell,
 * so that it may have been done. `undone`: the store said each time that it changed nothing.
 */
export type Fate = 'done' | 'refused' | 'undone' | 'unknown';

/** A try: null when no answer came. */
export type Try = TillAnswer | null;

export interface Placing {
  readonly kind: 'place';
  readonly purchase: Purchase;
  readonly tries: readonly Try[];
  /** Every try to take it back, if there was one. */
  readonly cancelling: readonly Try[];
  /** What another store shows of it: after it was placed, and after it was cancelled. */
  readonly readBack: readonly TillAnswer[];
}

export interface Adjusting {
  readonly kind: 'adjust';
  readonly adjustment: Adjustment;
  readonly tries: readonly Try[];
}

export type Entry = Placing | Adjusting;

/** Losing to others is told only when nothing was changed. */
const NOTHING_CHANGED = new Set(['platform.database-conflict', 'catalog.product-changed']);
/** That the store can't tell, or that an earlier try is still at work. */
const DOUBTFUL = new Set([502, 503, 504]);
const IN_USE = 'platform.idempotency-key-in-use';

export function fateOf(tries: readonly Try[]): Fate {
  const fates = tries.map(fateOfOne);
  for (const fate of ['done', 'refused', 'unknown'] as const) if (fates.includes(fate)) return fate;
  return 'undone';
}

/** @throws Error for an answer that no fault excuses, a 500 before all */
function fateOfOne(answer: Try): Fate {
  if (answer === null || DOUBTFUL.has(answer.status)) return 'unknown';
  if (answer.status === 200 || answer.status === 201) return 'done';
  const code = codeOf(answer) ?? '';
  if (code === IN_USE) return 'unknown';
  if (NOTHING_CHANGED.has(code)) return 'undone';
  if (answer.status === 409 && answer.retryAfter === undefined) return 'refused';
  throw new Error(`No fault excuses this answer: ${answer.status} ${answer.text}`);
}
