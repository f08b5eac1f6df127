import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '#platform/api-docs';
import type { FastifyReply } from 'fastify';
import type { Caller } from '#kernel/caller';
import { CursorInvalid } from '#platform/errors';
import { Answers, CurrentUser, notModified, Problems, RequiresScope, UuidParam } from '#platform/http';
import { CursorCodec } from '#platform/pagination';
import { OrderQueries } from '../../application/order.queries.js';
import { OrderNotFound } from '../../domain/order.errors.js';
import { listingOf, listNameOf, ListOrdersRequest } from './list-orders.request.js';
import { OrderPageResponse } from './order-page.response.js';
import { OrderResponse } from './order.response.js';

/** The drawer of receipts: everybody's own. */
@ApiTags('orders')
@Controller({ path: 'orders', version: '1' })
export class OrderReadsController {
  constructor(
    private readonly orders: OrderQueries,
    private readonly cursors: CursorCodec,
  ) {}

  @Get()
  @RequiresScope('orders:read')
  @ApiOperation({
    operationId: 'listOrders',
    summary: 'List your orders, page by page',
    description: 'The newest first, of every status unless one is asked for. Nobody lists the orders of another.',
  })
  @Answers(200, OrderPageResponse, { description: 'One page, and where the next one starts.' })
  @Problems(CursorInvalid)
  async list(@Query() query: ListOrdersRequest, @CurrentUser() { id: caller }: Caller): Promise<OrderPageResponse> {
    const listName = listNameOf(query, caller);
    const after = query.cursor === undefined ? null : await this.cursors.decode(listName, query.cursor);
    const page = await this.orders.list(listingOf(query, caller, after));
    return OrderPageResponse.of(page.items, page.next && (await this.cursors.encode(listName, page.next)));
  }

  @Get(':id')
  @RequiresScope('orders:read')
  @ApiOperation({
    operationId: 'getOrder',
    summary: 'Get an order of yours',
    description: 'The order of another is answered as one that does not exist.',
  })
  @Answers(200, OrderResponse, { description: 'The order.', etag: true, conditional: true })
  @Problems(OrderNotFound)
  async get(
    @UuidParam('id') id: string,
    @CurrentUser() { id: caller }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderResponse | undefined> {
    const order = await this.orders.get(id, caller);
    return notModified(reply, order.version) ? undefined : OrderResponse.from(order);
  }
}
