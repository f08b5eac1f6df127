import { Body, Controller, Patch, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '#platform/api-docs';
import type { FastifyReply } from 'fastify';
import { Answers, IfMatch, Problems, RateLimit, RequiresScope, UuidParam } from '#platform/http';
import { ActivateProduct } from '../../application/activate-product.js';
import { ChangeProduct } from '../../application/change-product.js';
import { DiscontinueProduct } from '../../application/discontinue-product.js';
import type { ExpectedVersion } from '../../application/expected-version.js';
import {
  PriceRequired,
  ProductAlreadyActive,
  ProductChanged,
  ProductDiscontinued,
  ProductNotFound,
} from '../../domain/product.errors.js';
import { ChangeProductRequest, changesOf } from './change-product.request.js';
import { CATALOG_WRITES } from './catalog-writes.js';
import { ProductResponse } from './product.response.js';
import { tagged } from './tagged.js';

/** What changes a product that the caller has seen: each route asks for its version. */
@ApiTags('catalog')
@Controller({ path: 'products/:id', version: '1' })
export class ProductChangesController {
  constructor(
    private readonly changeProduct: ChangeProduct,
    private readonly activateProduct: ActivateProduct,
    private readonly discontinueProduct: DiscontinueProduct,
  ) {}

  @Patch()
  @RequiresScope('catalog:write')
  @RateLimit(CATALOG_WRITES)
  @ApiOperation({
    operationId: 'changeProduct',
    summary: 'Change what is said about a product, or its price',
    description: 'A field that is absent stays as it is; at least one must be there.',
  })
  @Answers(200, ProductResponse, { description: 'The product as it is now.', etag: true })
  @Problems(ProductNotFound, ProductChanged, ProductDiscontinued, PriceRequired)
  async change(
    @UuidParam('id') id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() request: ChangeProductRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductResponse> {
    return tagged(await this.changeProduct.execute(id, expected, changesOf(request)), reply);
  }

  @Post('activate')
  @RequiresScope('catalog:write')
  @RateLimit(CATALOG_WRITES)
  @ApiOperation({
    operationId: 'activateProduct',
    summary: 'Put a draft on sale',
    description: 'It needs a price above zero.',
  })
  @Answers(200, ProductResponse, { description: 'The product, active.', etag: true })
  @Problems(ProductNotFound, ProductChanged, ProductDiscontinued, ProductAlreadyActive, PriceRequired)
  async activate(
    @UuidParam('id') id: string,
    @IfMatch() expected: ExpectedVersion,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductResponse> {
    return tagged(await this.activateProduct.execute(id, expected), reply);
  }

  @Post('discontinue')
  @RequiresScope('catalog:write')
  @RateLimit(CATALOG_WRITES)
  @ApiOperation({
    operationId: 'discontinueProduct',
    summary: 'Take a product out of the shop for good',
    description: 'Nothing changes on it from then on. There is no way back.',
  })
  @Answers(200, ProductResponse, { description: 'The product, discontinued.', etag: true })
  @Problems(ProductNotFound, ProductChanged, ProductDiscontinued)
  async discontinue(
    @UuidParam('id') id: string,
    @IfMatch() expected: ExpectedVersion,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductResponse> {
    return tagged(await this.discontinueProduct.execute(id, expected), reply);
  }
}
