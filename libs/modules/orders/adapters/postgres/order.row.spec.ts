import { describe, expect, it } from '@jest/globals';
import { anOrder } from '../../testing/order.builder.js';
import { toLineRows } from './order-line.row.js';
import { toOrder, toRow } from './order.row.js';

describe('an order and its rows', () => {
  it('are the same order after going there and back', () => {
    const order = anOrder();
    const lines = toLineRows(order).map(({ product_id, quantity, unit_amount }) => {
      return { productId: product_id, quantity, unitAmount: Number(unit_amount) };
    });

    expect(toOrder({ ...toRow(order), lines })).toEqual(order);
  });

  it('name each value by its column', () => {
    const order = anOrder();

    expect(toRow(order)).toEqual({
      id: order.id,
      customer_id: 'customer-9',
      status: 'cancelled',
      total_amount: '17960',
      currency: 'EUR',
      version: 2,
      placed_at: new Date('2026-01-15T08:30:00.123Z'),
      cancelled_at: new Date('2026-02-20T17:45:59.987Z'),
    });
    expect(toLineRows(order)[1]).toEqual({
      order_id: order.id,
      product_id: '00000000-0000-8000-8000-000000000002',
      position: 1,
      quantity: 1,
      unit_amount: '1490',
    });
  });
});
