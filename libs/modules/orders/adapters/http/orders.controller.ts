import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '#platform/api-docs';
import type { FastifyReply } from 'fastify';
import type { Caller } from '#kernel/caller';
import { Answers, CurrentUser, Problems, RateLimit, RequiresScope, UuidParam } from '#platform/http';
import { Idempotent } from '#platform/idempotency';
import { CancelOrder } from '../../application/cancel-order.js';
import { PlaceOrder } from '../../application/place-order.js';
import {
  MixedCurrencies,
  OrderNotFound,
  OrderTotalTooLarge,
  OutOfStock,
  ProductsNotForSale,
  StockNotTakenBack,
} from '../../domain/order.errors.js';
import { OrderResponse } from './order.response.js';
import { ORDERS_WRITES } from './orders-writes.js';
import { PlaceOrderRequest } from './place-order.request.js';
import { tagged } from './tagged.js';

/** The till: who buys is who asks. */
@ApiTags('orders')
@Controller({ path: 'orders', version: '1' })
export class OrdersController {
  constructor(
    private readonly placeOrder: PlaceOrder,
    private readonly cancelOrder: CancelOrder,
  ) {}

  @Post()
  @RequiresScope('orders:write')
  @Idempotent()
  @RateLimit(ORDERS_WRITES)
  @ApiOperation({
    operationId: 'placeOrder',
    summary: 'Place an order',
    description:
      'At the prices of this moment, which the answer names. All pieces are taken out of stock, or none: then the problem names the lines that stood in the way.',
  })
  @Answers(201, OrderResponse, { description: 'The new order.', etag: true, location: true })
  @Problems(OutOfStock, ProductsNotForSale, MixedCurrencies, OrderTotalTooLarge)
  async place(
    @Body() { lines }: PlaceOrderRequest,
    @CurrentUser() { id: customer }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderResponse> {
    const order = await this.placeOrder.execute(lines, customer);
    reply.header('location', `/v1/orders/${order.id}`);
    return tagged(order, reply);
  }

  @Post(':id/cancel')
  @RequiresScope('orders:write')
  @RateLimit(ORDERS_WRITES)
  @ApiOperation({
    operationId: 'cancelOrder',
    summary: 'Cancel an order of yours',
    description: 'Its pieces are in stock again. An order that is cancelled already stays as it is, and is the answer.',
  })
  @Answers(200, OrderResponse, { description: 'The order, cancelled.', etag: true })
  @Problems(OrderNotFound, StockNotTakenBack)
  async cancel(
    @UuidParam('id') id: string,
    @CurrentUser() { id: customer }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderResponse> {
    return tagged(await this.cancelOrder.execute(id, customer), reply);
  }
}
