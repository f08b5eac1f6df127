import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { AMOUNT_MAX } from '#kernel/money';
import { aLine, anOrder } from '../testing/order.builder.js';
import { MixedCurrencies, OrderTotalTooLarge } from './order.errors.js';
import { Order } from './order.js';
import { ORDER_LINES_MAX, QUANTITY_MAX, type OrderLine } from './order.state.js';

const NOW = new Date('2026-05-06T07:08:09.123Z');
const LATER = new Date('2026-05-06T08:00:00.456Z');
const KETTLE = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';
const MUG = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f8';
const euros = (amount: number) => ({ amount, currency: 'EUR' });

const LINES: OrderLine[] = [
  { productId: KETTLE, quantity: 2, unitPrice: euros(5_490) },
  { productId: MUG, quantity: 3, unitPrice: euros(1_490) },
];
const placed = (lines: readonly OrderLine[] = LINES): Order =>
  Order.place({ id: newId(), customerId: 'customer-9', lines }, NOW);

describe('Order', () => {
  describe('place', () => {
    it('is placed, at its first version, at the sum of its lines', () => {
      expect(placed()).toMatchObject({
        customerId: 'customer-9',
        lines: LINES,
        total: euros(15_450),
        status: 'placed',
        version: 1,
        placedAt: NOW,
        cancelledAt: null,
      });
    });

    it('tells of it, with everything that others need', () => {
      const order = placed();

      expect(order.events).toEqual([
        {
          id: expect.any(String),
          type: 'orders.order-placed.v1',
          subject: order.id,
          occurredAt: NOW,
          data: {
            orderId: order.id,
            customerId: 'customer-9',
            lines: LINES,
            total: euros(15_450),
            placedAt: '2026-05-06T07:08:09.123Z',
          },
        },
      ]);
    });

    it('keeps lines that nobody can write to', () => {
      expect(() => ((placed().lines[0] as { quantity: number }).quantity = 9)).toThrow(TypeError);
    });

    it.each([1, ORDER_LINES_MAX])('takes %d lines', (count) => {
      expect(placed(Array.from({ length: count }, () => aLine())).lines).toHaveLength(count);
    });

    it.each([1, QUANTITY_MAX])('takes %d pieces to a line', (quantity) => {
      expect(placed([aLine({ quantity, unitPrice: euros(7) })]).total).toEqual(euros(7 * quantity));
    });

    it('may cost nothing', () => {
      expect(placed([aLine({ unitPrice: euros(0) })]).total).toEqual(euros(0));
    });

    it.each<[string, OrderLine[]]>([
      ['no lines', []],
      ['too many lines', Array.from({ length: ORDER_LINES_MAX + 1 }, () => aLine())],
      ['a product twice', [aLine({ productId: KETTLE }), aLine(), aLine({ productId: KETTLE })]],
      ['no pieces', [aLine({ quantity: 0 })]],
      ['fewer than none', [aLine({ quantity: -1 })]],
      ['half a piece', [aLine({ quantity: 0.5 })]],
      ['too many pieces', [aLine({ quantity: QUANTITY_MAX + 1 })]],
      ['a price below zero', [aLine({ unitPrice: euros(-1) })]],
    ])('refuses %s', (_fault, lines) => {
      expect(() => placed(lines)).toThrow(RangeError);
    });

    it('refuses two currencies, and names them', () => {
      const lines = [aLine(), aLine({ unitPrice: { amount: 1, currency: 'SEK' } }), aLine()];

      expect(() => placed(lines)).toThrow(new MixedCurrencies(['EUR', 'SEK']));
      expect(new MixedCurrencies(['EUR', 'SEK']).extensions).toEqual({ currencies: ['EUR', 'SEK'] });
    });

    it('reaches the largest total, and goes no further', () => {
      const lines = [aLine({ quantity: 1_000, unitPrice: euros(AMOUNT_MAX / 1_000) })];

      expect(placed(lines).total).toEqual(euros(AMOUNT_MAX));
      expect(() => placed([...lines, aLine({ quantity: 1, unitPrice: euros(1) })])).toThrow(OrderTotalTooLarge);
    });

    it('refuses a total that no number holds exactly', () => {
      const lines = Array.from({ length: 50 }, () => aLine({ quantity: 1_000, unitPrice: euros(AMOUNT_MAX) }));

      expect(() => placed(lines)).toThrow(OrderTotalTooLarge);
    });
  });

  describe('cancel', () => {
    it('ends the order, one version on, and changes nothing else', () => {
      const order = anOrder({ status: 'placed', version: 4 });

      const cancelled = order.cancel(LATER);

      expect(cancelled).toEqual(anOrder({ ...order, status: 'cancelled', version: 5, cancelledAt: LATER }));
      expect(order).toMatchObject({ status: 'placed', cancelledAt: null });
    });

    it('tells of it', () => {
      const order = anOrder({ status: 'placed' });

      expect(order.cancel(LATER).events).toEqual([
        {
          id: expect.any(String),
          type: 'orders.order-cancelled.v1',
          subject: order.id,
          occurredAt: LATER,
          data: { orderId: order.id, cancelledAt: '2026-05-06T08:00:00.456Z' },
        },
      ]);
    });

    it('leaves an order as it is that is cancelled already, and tells nothing', () => {
      const order = anOrder({ status: 'cancelled' });

      expect(order.cancel(LATER)).toEqual(order);
      expect(order.cancel(LATER).events).toEqual([]);
    });
  });

  it('is the same one when it is read again: what has happened is no part of it', () => {
    const order = placed();

    expect(Order.restore({ ...order })).toEqual(order);
    expect(Order.restore({ ...order }).events).toEqual([]);
  });
});
