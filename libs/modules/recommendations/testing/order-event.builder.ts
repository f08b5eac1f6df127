import { newId } from '#kernel/id';
import type { CloudEvent } from '#platform/messaging';

/** What the orders module tells, as it comes from the broker. */
const anEvent = (type: string, data: Readonly<Record<string, unknown>>): CloudEvent => ({
  specversion: '1.0',
  id: newId(),
  source: '/mainstay/orders',
  type,
  subject: String(data['orderId']),
  time: '2026-02-03T04:05:06.789Z',
  datacontenttype: 'application/json',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
  data,
});

/** `orders.order-placed.v1` with a line for each product. */
export const anOrderPlaced = (
  orderId: string,
  productIds: readonly string[],
  over: Readonly<Record<string, unknown>> = {},
): CloudEvent =>
  anEvent('orders.order-placed.v1', {
    orderId,
    customerId: 'alice',
    lines: productIds.map((productId, n) => ({
      productId,
      quantity: n + 1,
      unitPrice: { amount: 1990 + n, currency: 'EUR' },
    })),
    total: { amount: 5970, currency: 'EUR' },
    placedAt: '2026-02-03T04:05:06.789Z',
    ...over,
  });

/** `orders.order-cancelled.v1`. */
export const anOrderCancelled = (orderId: string): CloudEvent =>
  anEvent('orders.order-cancelled.v1', { orderId, cancelledAt: '2026-02-04T05:06:07.890Z' });
