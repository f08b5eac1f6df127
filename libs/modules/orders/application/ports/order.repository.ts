import type { Page } from '#kernel/page';
import type { Order } from '../../domain/order.js';
import type { CustomerId, OrderId } from '../../domain/order.state.js';
import type { OrderListing } from './order.listing.js';

/**
 * Where orders are kept. Whoever asks for one says whose it is: the order of another is null, as one that was never
 * placed. Each method is atomic; times are kept to the millisecond.
 */
export abstract class OrderRepository {
  abstract find(id: OrderId, customerId: CustomerId): Promise<Order | null>;

  /** The same, and nobody else finds it for a change until the current unit of work has ended. */
  abstract findForChange(id: OrderId, customerId: CustomerId): Promise<Order | null>;

  /** @throws Error when there is one with this id */
  abstract add(order: Order): Promise<void>;

  /** Adds those that are not there yet, all or none; gives how many that were. */
  abstract addMissing(orders: readonly Order[]): Promise<number>;

  /**
   * Keeps status, version and time of cancellation of an order that was found for change in the same unit of work; what
   * was ordered, by whom, when and at which price stays what it was.
   * @throws Error when there is no such order
   */
  abstract save(order: Order): Promise<void>;

  /** One page, strictly after `page.after`. */
  abstract list(listing: OrderListing): Promise<Page<Order>>;
}
