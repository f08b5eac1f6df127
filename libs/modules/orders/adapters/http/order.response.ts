import { ApiProperty } from '#platform/api-docs';
import { MoneyResponse } from '#platform/http';
import type { Order } from '../../domain/order.js';
import {
  ORDER_LINES_MAX,
  ORDER_STATUSES,
  QUANTITY_MAX,
  type OrderLine,
  type OrderStatus,
} from '../../domain/order.state.js';

/** A PostgreSQL integer. */
const VERSION_MAX = 2_147_483_647;

export class OrderLineResponse {
  @ApiProperty({ type: 'string', format: 'uuid', maxLength: 36, example: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7' })
  productId!: string;

  @ApiProperty({ type: 'integer', format: 'int32', minimum: 1, maximum: QUANTITY_MAX, example: 2 })
  quantity!: number;

  @ApiProperty({ type: MoneyResponse, description: 'Of one piece, when the order was placed.' })
  unitPrice!: MoneyResponse;

  static from({ productId, quantity, unitPrice }: OrderLine): OrderLineResponse {
    return { productId, quantity, unitPrice: MoneyResponse.from(unitPrice) };
  }
}

export class OrderResponse {
  @ApiProperty({ type: 'string', format: 'uuid', maxLength: 36, example: '019c0f4e-9b1a-7e42-8d10-2f6c3b7a5e90' })
  id!: string;

  @ApiProperty({ type: 'string', enum: [...ORDER_STATUSES], example: 'placed' })
  status!: OrderStatus;

  @ApiProperty({ type: [OrderLineResponse], minItems: 1, maxItems: ORDER_LINES_MAX, description: 'As ordered.' })
  lines!: OrderLineResponse[];

  @ApiProperty({ type: MoneyResponse, description: 'The sum of the lines.' })
  total!: MoneyResponse;

  @ApiProperty({
    type: 'integer',
    format: 'int32',
    minimum: 1,
    maximum: VERSION_MAX,
    example: 1,
    description: 'The ETag is this, in quotes.',
  })
  version!: number;

  @ApiProperty({ type: 'string', format: 'date-time', maxLength: 24, example: '2026-01-15T08:30:00.123Z' })
  placedAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    maxLength: 24,
    example: null,
    description: 'null unless the order is cancelled.',
  })
  cancelledAt!: string | null;

  static from(order: Order): OrderResponse {
    return {
      id: order.id,
      status: order.status,
      lines: order.lines.map((line) => OrderLineResponse.from(line)),
      total: MoneyResponse.from(order.total),
      version: order.version,
      placedAt: order.placedAt.toISOString(),
      cancelledAt: order.cancelledAt?.toISOString() ?? null,
    };
  }
}
