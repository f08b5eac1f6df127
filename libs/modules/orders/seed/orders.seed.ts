import { Injectable } from '@nestjs/common';
import { PAGE_SIZE_MAX } from '#kernel/page';
import { ProductQueries } from '#modules/catalog';
import { Seed, type SeedResult } from '#platform/seeding';
import { OrderRepository } from '../application/ports/order.repository.js';
import type { Offer } from './sample-orders.js';

/** The currency of the sample products: an order has one, and somebody may have added products in another. */
const CURRENCY = 'EUR';

/**
 * Lets the sample customers look back on some orders. They are history: the stock of today and what has sold until today
 * hold them already, so no piece moves, and nobody is told.
 */
@Injectable()
export class OrdersSeed extends Seed {
  override readonly name = 'orders';
  override readonly things = 'past orders';

  constructor(
    private readonly orders: OrderRepository,
    private readonly products: ProductQueries,
  ) {
    super();
  }

  override async run(): Promise<SeedResult> {
    const { sampleOrders } = await import('./sample-orders.js');
    const orders = sampleOrders(await this.offers());
    return { total: orders.length, added: orders.length === 0 ? 0 : await this.orders.addMissing(orders) };
  }

  /** One page of the products that came first, which are sample products of every category: enough to choose from. */
  private async offers(): Promise<Offer[]> {
    const page = { limit: PAGE_SIZE_MAX, after: null };
    const { items } = await this.products.list({ category: null, status: 'active', sort: 'createdAt', page });
    return items
      .filter(({ price }) => price.currency === CURRENCY)
      .map(({ id, price }) => ({ productId: id, unitPrice: price }));
  }
}
