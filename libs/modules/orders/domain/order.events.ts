import type { DomainEvent } from '#kernel/domain-event';
import { newId } from '#kernel/id';
import type { Money } from '#kernel/money';
import type { CustomerId, OrderId, OrderState } from './order.state.js';

export const ORDER_PLACED = 'orders.order-placed.v1';
export const ORDER_CANCELLED = 'orders.order-cancelled.v1';

export type OrderPlacedEvent = DomainEvent<{
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly lines: readonly { readonly productId: string; readonly quantity: number; readonly unitPrice: Money }[];
  readonly total: Money;
  /** ISO 8601, UTC. */
  readonly placedAt: string;
}>;

export type OrderCancelledEvent = DomainEvent<{
  readonly orderId: OrderId;
  /** ISO 8601, UTC. */
  readonly cancelledAt: string;
}>;

const amountOf = ({ amount, currency }: Money): Money => ({ amount, currency });

export const orderPlaced = ({ id, customerId, lines, total, placedAt }: OrderState): OrderPlacedEvent => ({
  id: newId(),
  type: ORDER_PLACED,
  subject: id,
  occurredAt: placedAt,
  data: {
    orderId: id,
    customerId,
    lines: lines.map(({ productId, quantity, unitPrice }) => {
      return { productId, quantity, unitPrice: amountOf(unitPrice) };
    }),
    total: amountOf(total),
    placedAt: placedAt.toISOString(),
  },
});

export const orderCancelled = (id: OrderId, cancelledAt: Date): OrderCancelledEvent => ({
  id: newId(),
  type: ORDER_CANCELLED,
  subject: id,
  occurredAt: cancelledAt,
  data: { orderId: id, cancelledAt: cancelledAt.toISOString() },
});
