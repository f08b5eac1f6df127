import { Body, Controller, Post, Res } from '@nestjs/common';
import type { Caller } from '#kernel/caller';
import { ApiOperation, ApiTags } from '#platform/api-docs';
import type { FastifyReply } from 'fastify';
import { Answers, CurrentUser, Problems, RateLimit, RequiresScope, UuidParam } from '#platform/http';
import { Idempotent } from '#platform/idempotency';
import { AdjustStock } from '../../application/adjust-stock.js';
import {
  InsufficientStock,
  ProductChanged,
  ProductDiscontinued,
  ProductNotFound,
  StockLimitExceeded,
} from '../../domain/product.errors.js';
import { AdjustStockRequest } from './adjust-stock.request.js';
import { CATALOG_WRITES } from './catalog-writes.js';
import { ProductResponse } from './product.response.js';
import { tagged } from './tagged.js';

/** Stock moves without a version: many may move it at once, and every movement counts. */
@ApiTags('catalog')
@Controller({ path: 'products/:id/stock-adjustments', version: '1' })
export class ProductStockController {
  constructor(private readonly adjustStock: AdjustStock) {}

  @Post()
  @RequiresScope('catalog:write')
  @RateLimit(CATALOG_WRITES)
  @Idempotent()
  @ApiOperation({
    operationId: 'adjustStock',
    summary: 'Move pieces in or out of stock',
    description:
      'Movements add up, whatever their order, and the stock never goes below zero. Each is kept with its reason and with who asked for it.',
  })
  @Answers(200, ProductResponse, { description: 'The product with its new stock.', etag: true })
  @Problems(ProductNotFound, ProductDiscontinued, InsufficientStock, StockLimitExceeded, ProductChanged)
  async adjust(
    @UuidParam('id') id: string,
    @Body() movement: AdjustStockRequest,
    @CurrentUser() { id: caller }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductResponse> {
    return tagged(await this.adjustStock.execute(id, movement, caller), reply);
  }
}
