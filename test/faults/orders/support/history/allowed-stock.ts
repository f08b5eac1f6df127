import { fateOf, type Adjusting, type Entry, type Placing } from './entry.js';

interface Range {
  readonly min: number;
  readonly max: number;
}

/** What the stock of a product may be at the end, as its clients know: each outcome that nobody knows both ways. */
export function allowedStock(productId: string, initial: number, history: readonly Entry[]): Range {
  return history
    .map((entry) => (entry.kind === 'place' ? movedByOrder(productId, entry) : movedByHand(productId, entry)))
    .reduce((sum, { min, max }) => ({ min: sum.min + min, max: sum.max + max }), { min: initial, max: initial });
}

/** More than this was never there, whatever the order of things. */
export function mostEverThere(productId: string, initial: number, history: readonly Entry[]): number {
  return history.reduce((sum, entry) => {
    return entry.kind === 'adjust' ? sum + Math.max(0, movedByHand(productId, entry).max) : sum;
  }, initial);
}

function movedByOrder(productId: string, { purchase, tries, cancelling }: Placing): Range {
  const pieces = purchase.lines.find((line) => line.productId === productId)?.quantity ?? 0;
  const [placed, cancelled] = [fateOf(tries), cancelling.length === 0 ? 'undone' : fateOf(cancelling)];
  if (placed === 'unknown') return { min: -pieces, max: 0 };
  if (placed !== 'done' || cancelled === 'done') return { min: 0, max: 0 };
  return { min: -pieces, max: cancelled === 'unknown' ? 0 : -pieces };
}

function movedByHand(productId: string, { adjustment, tries }: Adjusting): Range {
  const delta = adjustment.productId === productId ? adjustment.delta : 0;
  const fate = fateOf(tries);
  if (fate === 'done') return { min: delta, max: delta };
  if (fate === 'unknown') return { min: Math.min(0, delta), max: Math.max(0, delta) };
  return { min: 0, max: 0 };
}
