import type { Caller } from '#kernel/caller';
import type { Page } from '#kernel/page';
import { UseCase } from '#kernel/use-case';
import { OrderNotFound } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import type { OrderId } from '../domain/order.state.js';
import type { OrderListing } from './ports/order.listing.js';
import { OrderRepository } from './ports/order.repository.js';

/** What customers may ask of their own orders. */
@UseCase()
export class OrderQueries {
  constructor(private readonly orders: OrderRepository) {}

  /** @throws OrderNotFound, for another's order as well */
  async get(id: OrderId, customer: Caller['id']): Promise<Order> {
    const order = await this.orders.find(id, customer);
    if (!order) throw new OrderNotFound(id);
    return order;
  }

  list(listing: OrderListing): Promise<Page<Order>> {
    return this.orders.list(listing);
  }
}
