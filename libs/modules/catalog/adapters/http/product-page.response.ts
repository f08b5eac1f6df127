import { ApiProperty } from '#platform/api-docs';
import { PAGE_SIZE_MAX } from '#kernel/page';
import { ApiNextCursor } from '#platform/pagination';
import type { Product } from '../../domain/product.js';
import { ProductResponse } from './product.response.js';

export class ProductPageResponse {
  @ApiProperty({ type: [ProductResponse], maxItems: PAGE_SIZE_MAX })
  items!: ProductResponse[];

  @ApiNextCursor()
  nextCursor!: string | null;

  static of(products: readonly Product[], nextCursor: string | null): ProductPageResponse {
    return { items: products.map((product) => ProductResponse.from(product)), nextCursor };
  }
}
