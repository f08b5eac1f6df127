import { newId } from '#kernel/id';
import { Order } from '../domain/order.js';
import type { OrderLine, OrderState } from '../domain/order.state.js';

export const aLine = (line: Partial<OrderLine> = {}): OrderLine => ({
  productId: newId(),
  quantity: 2,
  unitPrice: { amount: 5_490, currency: 'EUR' },
  ...line,
});

/**
 * An order to test with: a cancelled one at its second version, a distinct value in every field, so that two fields
 * swapped by a mapper show. The total is not the sum of its lines: a store keeps it, and doesn't make it.
 */
export function anOrder(state: Partial<OrderState> = {}): Order {
  const status = state.status ?? 'cancelled';
  return Order.restore({
    id: newId(),
    customerId: 'customer-9',
    lines: [
      aLine({ productId: 'ffffffff-0000-8000-8000-000000000001', quantity: 3 }),
      aLine({
        productId: '00000000-0000-8000-8000-000000000002',
        quantity: 1,
        unitPrice: { amount: 1_490, currency: 'EUR' },
      }),
    ],
    total: { amount: 17_960, currency: 'EUR' },
    status,
    version: 2,
    placedAt: new Date('2026-01-15T08:30:00.123Z'),
    cancelledAt: status === 'cancelled' ? new Date('2026-02-20T17:45:59.987Z') : null,
    ...state,
  });
}
