import { ApiProperty } from '@nestjs/swagger';
import { PAGE_SIZE_MAX } from '#kernel/page';
import { CURSOR_LENGTH_MAX } from '#platform/pagination';
import type { Order } from '../../domain/order.js';
import { OrderResponse } from './order.response.js';

export class OrderPageResponse {
  @ApiProperty({ type: [OrderResponse], maxItems: PAGE_SIZE_MAX })
  items!: OrderResponse[];

  @ApiProperty({
    type: 'string',
    nullable: true,
    maxLength: CURSOR_LENGTH_MAX,
    example: null,
    description: 'Give it as `cursor` to get the next page; null on the last one.',
  })
  nextCursor!: string | null;

  static of(orders: readonly Order[], nextCursor: string | null): OrderPageResponse {
    return { items: orders.map((order) => OrderResponse.from(order)), nextCursor };
  }
}
