import type { PagePosition, PageRequest } from '#kernel/page';
import type { Order } from '../../domain/order.js';
import type { CustomerId, OrderStatus } from '../../domain/order.state.js';

/** Orders of one customer, the newest first, those of one moment by id, the greater one first. */
export interface OrderListing {
  readonly customerId: CustomerId;
  /** null: of every status. */
  readonly status: OrderStatus | null;
  readonly page: PageRequest;
}

/** Where an order stands in the list. ISO 8601 in UTC: such texts sort as the times do. */
export const positionOf = ({ placedAt, id }: Order): PagePosition => ({ sortValue: placedAt.toISOString(), id });
