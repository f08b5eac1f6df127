import type { Caller } from '#kernel/caller';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PagePosition } from '#kernel/page';
import { EnumField, QueryIntegerField, TextField } from '#platform/http';
import { CURSOR_LENGTH_MAX } from '#platform/pagination';
import type { OrderListing } from '../../application/ports/order.listing.js';
import { ORDER_STATUSES, type OrderStatus } from '../../domain/order.state.js';

export class ListOrdersRequest {
  @EnumField({ values: ORDER_STATUSES, example: 'placed', optional: true })
  status?: OrderStatus;

  @QueryIntegerField({ min: 1, max: PAGE_SIZE_MAX, default: PAGE_SIZE_DEFAULT, optional: true })
  limit: number = PAGE_SIZE_DEFAULT;

  @TextField({
    minLength: 1,
    maxLength: CURSOR_LENGTH_MAX,
    example: 'WyIyMDI2LTAxLTE1VDA4OjMwOjAwLjEyM1oi.c2VhbA',
    description: '`nextCursor` of the previous page of your orders, with the same status.',
    optional: true,
  })
  cursor?: string;
}

export const listingOf = (
  { status, limit }: ListOrdersRequest,
  customerId: Caller['id'],
  after: PagePosition | null,
): OrderListing => ({ customerId, status: status ?? null, page: { limit, after } });

/** Names the list that a cursor belongs to. The caller is part of it: a cursor of another's list is none of this one. */
export const listNameOf = ({ status }: ListOrdersRequest, customerId: Caller['id']): string =>
  JSON.stringify(['/v1/orders', customerId, status ?? null]);
