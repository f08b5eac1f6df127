import { expect } from '@jest/globals';
import type { KeptOrder, Movement } from '../ledger.js';
import { idOf } from '../till.js';
import { fateOf, type Adjusting, type Entry, type Fate, type Placing } from './entry.js';

/** How often something is there whose client knows so much of it. */
const TIMES: Readonly<Record<Fate, readonly number[]>> = { done: [1], refused: [0], undone: [0], unknown: [0, 1] };

/** Demands that what is kept follows from what was asked for and answered, and that nothing else is kept. */
export function expectExplained(
  history: readonly Entry[],
  orders: readonly KeptOrder[],
  movements: readonly Movement[],
): void {
  const explained = history.flatMap((entry) =>
    entry.kind === 'place' ? linesOfOrder(entry, orders, movements) : linesOfCount(entry, movements),
  );
  expect(explained).toHaveLength(movements.length);
}

/** An order is there once or not at all, and its pieces are out as long as it stands. */
function linesOfOrder(placing: Placing, orders: readonly KeptOrder[], movements: readonly Movement[]): Movement[] {
  const { purchase, tries, cancelling } = placing;
  const kept = orders.filter(({ customerId }) => customerId === purchase.sub);
  expect(TIMES[fateOf(tries)]).toContain(kept.length);
  const [order] = kept;
  if (!order) return [];

  for (const answer of tries) if (answer?.status === 201) expect(idOf(answer)).toBe(order.id);
  const cancelled = order.status === 'cancelled';
  expect(cancelling.length === 0 ? [0] : TIMES[fateOf(cancelling)]).toContain(Number(cancelled));

  const out = purchase.lines.map(({ productId, quantity }) => lineOf(productId, -quantity, `Order ${order.id} placed`));
  const back = purchase.lines.map(({ productId, quantity }) =>
    lineOf(productId, quantity, `Order ${order.id} cancelled`),
  );
  const booked = movements.filter(({ reason }) => reason.includes(order.id));
  expect(sorted(booked)).toEqual(sorted(cancelled ? [...out, ...back] : out));
  return booked;
}

function linesOfCount({ adjustment, tries }: Adjusting, movements: readonly Movement[]): Movement[] {
  const { productId, delta, reason } = adjustment;
  const booked = movements.filter((line) => line.reason === reason);
  expect(TIMES[fateOf(tries)]).toContain(booked.length);
  for (const line of booked) expect(line).toEqual(lineOf(productId, delta, reason));
  return booked;
}

const lineOf = (productId: string, delta: number, reason: string): Movement => ({ productId, delta, reason });

const sorted = (lines: readonly Movement[]): Movement[] =>
  [...lines].sort((a, b) => (`${a.productId} ${a.reason}` < `${b.productId} ${b.reason}` ? -1 : 1));
