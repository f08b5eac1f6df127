import type { Page, PagePosition } from '#kernel/page';
import { MemoryStoreFull } from '#platform/errors';
import { undoneBy } from '#platform/unit-of-work';
import { positionOf, type OrderListing } from '../../application/ports/order.listing.js';
import { OrderRepository } from '../../application/ports/order.repository.js';
import { Order } from '../../domain/order.js';
import type { CustomerId, OrderId } from '../../domain/order.state.js';

/** Some ten megabytes at a few lines each; a list looks at all of them, in some milliseconds. */
export const ORDERS_MAX = 10_000;

/**
 * Keeps orders for as long as the process lives: for tests, and for a first look without a database. Each method runs
 * to its end without giving way, which is what makes it atomic; units of work run one after the other, which is what
 * makes an order that was found for change wait for nobody. A failed unit's changes are taken back.
 */
export class InMemoryOrderRepository extends OrderRepository {
  private readonly orders = new Map<OrderId, Order>();

  static holding(...orders: readonly Order[]): InMemoryOrderRepository {
    const repository = new InMemoryOrderRepository();
    for (const order of orders) repository.put(order);
    return repository;
  }

  override async find(id: OrderId, customerId: CustomerId): Promise<Order | null> {
    const order = this.orders.get(id);
    return order?.customerId === customerId ? copyOf(order) : null;
  }

  override findForChange(id: OrderId, customerId: CustomerId): Promise<Order | null> {
    return this.find(id, customerId);
  }

  override async add(order: Order): Promise<void> {
    if ((await this.addMissing([order])) === 0) throw new Error(`There is an order ${order.id} already.`);
  }

  override async addMissing(orders: readonly Order[]): Promise<number> {
    const missing = new Map(orders.filter(({ id }) => !this.orders.has(id)).map((order) => [order.id, order]));
    if (this.orders.size + missing.size > ORDERS_MAX) throw new MemoryStoreFull('orders', ORDERS_MAX);
    for (const order of missing.values()) this.put(order);
    return missing.size;
  }

  override async save({ id, status, version, cancelledAt }: Order): Promise<void> {
    const current = this.orders.get(id);
    if (!current) throw new Error(`There is no order ${id} to save.`);
    this.put(Order.restore({ ...current, status, version, cancelledAt }));
  }

  override async list({ customerId, status, page }: OrderListing): Promise<Page<Order>> {
    const { limit, after } = page;
    const following = [...this.orders.values()]
      .filter((order) => order.customerId === customerId && (status === null || order.status === status))
      .filter((order) => after === null || newestFirst(after, positionOf(order)) < 0)
      .sort((a, b) => newestFirst(positionOf(a), positionOf(b)));
    const items = following.slice(0, limit).map(copyOf);
    const last = items.at(-1);
    return { items, next: following.length > limit && last ? positionOf(last) : null };
  }

  private put(order: Order): void {
    const before = this.orders.get(order.id);
    this.orders.set(order.id, copyOf(order));
    undoneBy(() => (before ? this.orders.set(order.id, before) : this.orders.delete(order.id)));
  }
}

/** Times as ISO 8601 and ids are ASCII: they compare as the database compares them. */
function newestFirst(a: PagePosition, b: PagePosition): number {
  if (a.sortValue !== b.sortValue) return a.sortValue < b.sortValue ? 1 : -1;
  return a.id === b.id ? 0 : a.id < b.id ? 1 : -1;
}

/** Nothing that a caller holds reaches into the store: dates and lines are objects, and objects can be written to. */
const copyOf = (order: Order): Order =>
  Order.restore({
    ...order,
    lines: order.lines.map((line) => ({ ...line, unitPrice: { ...line.unitPrice } })),
    total: { ...order.total },
    placedAt: new Date(order.placedAt),
    cancelledAt: order.cancelledAt && new Date(order.cancelledAt),
  });
