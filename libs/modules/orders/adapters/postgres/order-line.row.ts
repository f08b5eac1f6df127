import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { AMOUNT_MAX } from '#kernel/money';
import type { Order } from '../../domain/order.js';
import { ORDER_LINES_MAX, QUANTITY_MAX } from '../../domain/order.state.js';
import { OrderRow } from './order.row.js';

/** A row of orders.order_lines. Its key is what no order may have twice: a product. Lines never change. */
@Entity({ schema: 'orders', name: 'order_lines' })
@Check('order_lines_position_check', `position BETWEEN 0 AND ${ORDER_LINES_MAX - 1}`)
@Check('order_lines_quantity_check', `quantity BETWEEN 1 AND ${QUANTITY_MAX}`)
@Check('order_lines_unit_amount_check', `unit_amount BETWEEN 0 AND ${AMOUNT_MAX}`)
export class OrderLineRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'order_lines_pkey' })
  order_id!: string;

  /** Known to the catalog: no foreign key crosses a module's wall. */
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'order_lines_pkey' })
  product_id!: string;

  /** Its place in the order, from 0. */
  @Column('smallint')
  position!: number;

  /** Pieces. */
  @Column('integer')
  quantity!: number;

  /** Of one piece, in minor units of the order's currency. */
  @Column('bigint')
  unit_amount!: string;

  @ManyToOne(() => OrderRow)
  @JoinColumn({ name: 'order_id', foreignKeyConstraintName: 'order_lines_order_fkey' })
  order?: OrderRow;
}

export const toLineRows = ({ id, lines }: Order): OrderLineRow[] =>
  lines.map(({ productId, quantity, unitPrice }, position) => ({
    order_id: id,
    product_id: productId,
    position,
    quantity,
    unit_amount: String(unitPrice.amount),
  }));
