import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AMOUNT_MAX } from '#kernel/money';
import { Order } from '../../domain/order.js';
import { ORDER_STATUSES, type OrderStatus } from '../../domain/order.state.js';

const STATUSES = ORDER_STATUSES.map((status) => `'${status}'`).join(', ');

/**
 * A row of orders.orders: what TypeORM compares with the migrated schema. The checks repeat the aggregate's invariants,
 * for whoever writes to the table without it.
 */
@Entity({ schema: 'orders', name: 'orders' })
@Check('orders_status_check', `status IN (${STATUSES})`)
@Check('orders_total_amount_check', `total_amount BETWEEN 0 AND ${AMOUNT_MAX}`)
@Check('orders_currency_check', `currency ~ '^[A-Z]{3}$'`)
@Check('orders_version_check', 'version >= 1')
@Check('orders_cancelled_check', `(status = 'cancelled') = (cancelled_at IS NOT NULL)`)
@Index('orders_customer_idx', ['customer_id', 'placed_at', 'id'])
export class OrderRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'orders_pkey' })
  id!: string;

  /** As long as the subject of a token may be. */
  @Column({ type: 'varchar', length: 255 })
  customer_id!: string;

  @Column({ type: 'varchar', length: 12 })
  status!: OrderStatus;

  /** Text on the wire: pg doesn't trust a JavaScript number with 64 bits. */
  @Column('bigint')
  total_amount!: string;

  /** Of the total and of every line. */
  @Column({ type: 'varchar', length: 3 })
  currency!: string;

  @Column('integer')
  version!: number;

  /** Milliseconds, what a JavaScript Date holds: a finer time would lie behind the cursor that was made from it. */
  @Column({ type: 'timestamptz', precision: 3 })
  placed_at!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  cancelled_at!: Date | null;
}

/** A line as the statements that read orders write it in JSON; an amount of 10^12 is exact there. */
export interface OrderLineJson {
  readonly productId: string;
  readonly quantity: number;
  readonly unitAmount: number;
}

/** A row with its lines, as one statement reads both. */
export type OrderFields = OrderRow & { readonly lines: readonly OrderLineJson[] };

export const toOrder = (row: OrderFields): Order =>
  Order.restore({
    id: row.id,
    customerId: row.customer_id,
    lines: row.lines.map(({ productId, quantity, unitAmount }) => ({
      productId,
      quantity,
      unitPrice: { amount: unitAmount, currency: row.currency },
    })),
    total: { amount: Number(row.total_amount), currency: row.currency },
    status: row.status,
    version: row.version,
    placedAt: row.placed_at,
    cancelledAt: row.cancelled_at,
  });

export const toRow = (order: Order): OrderRow => ({
  id: order.id,
  customer_id: order.customerId,
  status: order.status,
  total_amount: String(order.total.amount),
  currency: order.total.currency,
  version: order.version,
  placed_at: order.placedAt,
  cancelled_at: order.cancelledAt,
});
