import { ApiProperty } from '#platform/api-docs';
import { PAGE_SIZE_MAX } from '#kernel/page';
import { ApiNextCursor } from '#platform/pagination';
import type { Order } from '../../domain/order.js';
import { OrderResponse } from './order.response.js';

export class OrderPageResponse {
  @ApiProperty({ type: [OrderResponse], maxItems: PAGE_SIZE_MAX })
  items!: OrderResponse[];

  @ApiNextCursor()
  nextCursor!: string | null;

  static of(orders: readonly Order[], nextCursor: string | null): OrderPageResponse {
    return { items: orders.map((order) => OrderResponse.from(order)), nextCursor };
  }
}
