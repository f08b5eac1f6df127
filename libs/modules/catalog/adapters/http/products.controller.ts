import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '#platform/api-docs';
import type { FastifyReply } from 'fastify';
import { CursorInvalid } from '#platform/errors';
import { Answers, notModified, Problems, Public, RateLimit, RequiresScope, UuidParam } from '#platform/http';
import { Idempotent } from '#platform/idempotency';
import { CursorCodec } from '#platform/pagination';
import { CreateProduct } from '../../application/create-product.js';
import { ProductDetailQueries } from '../../application/product-detail.queries.js';
import { ProductQueries } from '../../application/product.queries.js';
import { ProductNotFound, SkuTaken } from '../../domain/product.errors.js';
import { CATALOG_WRITES } from './catalog-writes.js';
import { NEVER_KEPT, REVALIDATED } from './cache-control.js';
import { CreateProductRequest, draftOf } from './create-product.request.js';
import { GetProductRequest } from './get-product.request.js';
import { listingOf, ListProductsRequest, listNameOf } from './list-products.request.js';
import { ProductDetailResponse } from './product-detail.response.js';
import { ProductPageResponse } from './product-page.response.js';
import { ProductResponse } from './product.response.js';
import { tagged } from './tagged.js';

/** The shelf: what anyone may look at, and where new products are put. */
@ApiTags('catalog')
@Controller({ path: 'products', version: '1' })
export class ProductsController {
  constructor(
    private readonly products: ProductQueries,
    private readonly details: ProductDetailQueries,
    private readonly createProduct: CreateProduct,
    private readonly cursors: CursorCodec,
  ) {}

  @Get()
  @Public()
  @ApiOperation({
    operationId: 'listProducts',
    summary: 'List products, page by page',
    description:
      'All statuses, unless one is asked for. A page starts after the last item of the one before: what is added or changed meanwhile makes no item come twice.',
  })
  @Answers(200, ProductPageResponse, { description: 'One page, and where the next one starts.' })
  @Problems(CursorInvalid)
  async list(@Query() query: ListProductsRequest): Promise<ProductPageResponse> {
    const listName = listNameOf(query);
    const after = query.cursor === undefined ? null : await this.cursors.decode(listName, query.cursor);
    const page = await this.products.list(listingOf(query, after));
    return ProductPageResponse.of(page.items, page.next && (await this.cursors.encode(listName, page.next)));
  }

  @Get(':id')
  @Public()
  @ApiOperation({
    operationId: 'getProduct',
    summary: 'Get a product',
    description:
      'Products are never deleted: a discontinued one is still here. With `include=recommendations` the answer has no ETag and is never a 304, since recommendations change without the product; they are degraded rather than late (`source`), and never keep the product away.',
  })
  @Answers(200, ProductDetailResponse, {
    description: 'The product.',
    etag: true,
    conditional: true,
    cacheControl: REVALIDATED,
  })
  @Problems(ProductNotFound)
  async get(
    @UuidParam('id') id: string,
    @Query() { include }: GetProductRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductDetailResponse | undefined> {
    if (include === 'recommendations') {
      const detail = await this.details.get(id);
      reply.header('cache-control', NEVER_KEPT);
      return ProductDetailResponse.of(detail);
    }
    const product = await this.products.get(id);
    reply.header('cache-control', REVALIDATED);
    return notModified(reply, product.version) ? undefined : ProductResponse.from(product);
  }

  @Post()
  @RequiresScope('catalog:write')
  @RateLimit(CATALOG_WRITES)
  @Idempotent()
  @ApiOperation({
    operationId: 'createProduct',
    summary: 'Create a product, as a draft',
    description: 'It is on sale after its activation. The SKU can not be changed later.',
  })
  @Answers(201, ProductResponse, { description: 'The new product.', etag: true, location: true })
  @Problems(SkuTaken)
  async create(
    @Body() request: CreateProductRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductResponse> {
    const product = await this.createProduct.execute(draftOf(request));
    reply.header('location', `/v1/products/${product.id}`);
    return tagged(product, reply);
  }
}
