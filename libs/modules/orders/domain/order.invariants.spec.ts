import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AMOUNT_MAX } from '#kernel/money';
import { MixedCurrencies, OrderTotalTooLarge } from './order.errors.js';
import { Order } from './order.js';
import { ORDER_LINES_MAX, QUANTITY_MAX, type OrderLine } from './order.state.js';

const PLACED_MS = Date.UTC(2026, 4, 6);
const amount = fc.oneof(fc.nat(100_000), fc.integer({ min: 0, max: AMOUNT_MAX }), fc.constant(AMOUNT_MAX));

const linesIn = (currency: fc.Arbitrary<string>): fc.Arbitrary<OrderLine[]> =>
  fc.uniqueArray(
    fc.record({
      productId: fc.uuid(),
      quantity: fc.integer({ min: 1, max: QUANTITY_MAX }),
      unitPrice: fc.record({ amount, currency }),
    }),
    { minLength: 1, maxLength: ORDER_LINES_MAX, selector: ({ productId }) => productId },
  );

/** The order, or the fact that ruled it out. */
function place(lines: readonly OrderLine[]): Order | Error {
  try {
    return Order.place({ id: 'order', customerId: 'customer-9', lines }, new Date(PLACED_MS));
  } catch (error) {
    return error as Error;
  }
}

/** In whole numbers without a bound: what the sum really is. */
const sumOf = (lines: readonly OrderLine[]): bigint =>
  lines.reduce((sum, { quantity, unitPrice }) => sum + BigInt(quantity) * BigInt(unitPrice.amount), 0n);

describe('whatever is ordered', () => {
  it('the total is the exact sum of the lines, or is refused for its size', () => {
    fc.assert(
      fc.property(linesIn(fc.constant('EUR')), (lines) => {
        const order = place(lines);
        const sum = sumOf(lines);
        if (sum > AMOUNT_MAX) expect(order).toBeInstanceOf(OrderTotalTooLarge);
        else expect(order).toMatchObject({ total: { amount: Number(sum), currency: 'EUR' }, lines });
      }),
    );
  });

  it('an order has one currency, or is refused', () => {
    fc.assert(
      fc.property(linesIn(fc.constantFrom('EUR', 'SEK', 'JPY')), (lines) => {
        const currencies = [...new Set(lines.map(({ unitPrice }) => unitPrice.currency))];
        const order = place(lines);
        if (currencies.length > 1) expect(order).toEqual(new MixedCurrencies(currencies));
        else if (order instanceof Order) expect(order.total.currency).toBe(currencies[0]);
      }),
    );
  });

  it('the first cancellation counts, and no later one is told of', () => {
    fc.assert(
      fc.property(linesIn(fc.constant('EUR')), fc.array(fc.nat(1_000_000), { minLength: 1 }), (lines, delaysMs) => {
        const order = place(lines);
        if (order instanceof Error) return;
        const end = delaysMs.reduce((now, delayMs) => now.cancel(new Date(PLACED_MS + delayMs)), order);

        const { id, customerId, placedAt, total } = order;
        expect(end).toMatchObject({ id, customerId, placedAt, total, lines, status: 'cancelled', version: 2 });
        expect(end.cancelledAt).toEqual(new Date(PLACED_MS + (delaysMs[0] ?? 0)));
        expect(end.events.map(({ type }) => type)).toEqual(['orders.order-placed.v1', 'orders.order-cancelled.v1']);
      }),
    );
  });
});
