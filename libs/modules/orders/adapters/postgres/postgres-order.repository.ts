import { Injectable } from '@nestjs/common';
import type { Page } from '#kernel/page';
import { Postgres, type Statement } from '#platform/postgres';
import { positionOf, type OrderListing } from '../../application/ports/order.listing.js';
import { OrderRepository } from '../../application/ports/order.repository.js';
import type { Order } from '../../domain/order.js';
import type { CustomerId, OrderId } from '../../domain/order.state.js';
import { toLineRows } from './order-line.row.js';
import { toOrder, toRow, type OrderFields } from './order.row.js';
import { ADD_ORDERS, FIND_ORDER, FIND_ORDER_FOR_CHANGE, listStatement, SAVE_ORDER } from './order.statements.js';

/** Keeps orders in orders.orders and orders.order_lines, by prepared statements. */
@Injectable()
export class PostgresOrderRepository extends OrderRepository {
  constructor(private readonly postgres: Postgres) {
    super();
  }

  override find(id: OrderId, customerId: CustomerId): Promise<Order | null> {
    return this.findBy(FIND_ORDER, id, customerId);
  }

  override findForChange(id: OrderId, customerId: CustomerId): Promise<Order | null> {
    return this.findBy(FIND_ORDER_FOR_CHANGE, id, customerId);
  }

  override async add(order: Order): Promise<void> {
    if ((await this.addMissing([order])) === 0) throw new Error(`There is an order ${order.id} already.`);
  }

  override async addMissing(orders: readonly Order[]): Promise<number> {
    const rows = orders.map(toRow);
    const lines = orders.flatMap(toLineRows);
    const { rows: counts } = await this.postgres.query<{ added: number }>(ADD_ORDERS, [
      rows.map(({ id }) => id),
      rows.map(({ customer_id }) => customer_id),
      rows.map(({ status }) => status),
      rows.map(({ total_amount }) => total_amount),
      rows.map(({ currency }) => currency),
      rows.map(({ version }) => version),
      rows.map(({ placed_at }) => placed_at),
      rows.map(({ cancelled_at }) => cancelled_at),
      lines.map(({ order_id }) => order_id),
      lines.map(({ product_id }) => product_id),
      lines.map(({ position }) => position),
      lines.map(({ quantity }) => quantity),
      lines.map(({ unit_amount }) => unit_amount),
    ]);
    return counts[0]?.added ?? 0;
  }

  override async save(order: Order): Promise<void> {
    const { id, status, version, cancelled_at } = toRow(order);
    const { rowCount } = await this.postgres.query(SAVE_ORDER, [id, status, version, cancelled_at]);
    if (rowCount === 0) throw new Error(`There is no order ${id} to save.`);
  }

  override async list({ customerId, status, page: { limit, after } }: OrderListing): Promise<Page<Order>> {
    const { rows } = await this.postgres.query<OrderFields>(listStatement(status !== null, after !== null), [
      customerId,
      ...(status === null ? [] : [status]),
      ...(after === null ? [] : [after.sortValue, after.id]),
      limit + 1, // one more than the page, to know whether more follow
    ]);
    const items = rows.slice(0, limit).map(toOrder);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? positionOf(last) : null };
  }

  private async findBy(statement: Statement, id: OrderId, customerId: CustomerId): Promise<Order | null> {
    const { rows } = await this.postgres.query<OrderFields>(statement, [id, customerId]);
    return rows[0] ? toOrder(rows[0]) : null;
  }
}
