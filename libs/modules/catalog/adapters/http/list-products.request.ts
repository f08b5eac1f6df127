import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, type PagePosition } from '#kernel/page';
import { EnumField, QueryIntegerField, SlugField, TextField } from '#platform/http';
import { CURSOR_LENGTH_MAX } from '#platform/pagination';
import {
  PRODUCT_SORT_DEFAULT,
  PRODUCT_SORTS,
  type ProductListing,
  type ProductSort,
} from '../../application/ports/product.listing.js';
import { CATEGORY_LENGTH_MAX, PRODUCT_STATUSES, type ProductStatus } from '../../domain/product.state.js';

export class ListProductsRequest {
  @SlugField({ maxLength: CATEGORY_LENGTH_MAX, example: 'coffee-and-tea', optional: true })
  category?: string;

  @EnumField({ values: PRODUCT_STATUSES, example: 'active', optional: true })
  status?: ProductStatus;

  @EnumField({
    values: PRODUCT_SORTS,
    default: PRODUCT_SORT_DEFAULT,
    description: 'A minus turns the order round; ties follow by id.',
    optional: true,
  })
  sort: ProductSort = PRODUCT_SORT_DEFAULT;

  @QueryIntegerField({ min: 1, max: PAGE_SIZE_MAX, default: PAGE_SIZE_DEFAULT, optional: true })
  limit: number = PAGE_SIZE_DEFAULT;

  @TextField({
    minLength: 1,
    maxLength: CURSOR_LENGTH_MAX,
    example: 'WyIyMDI2LTAxLTE1VDA4OjMwOjAwLjEyM1oi.c2VhbA',
    description: '`nextCursor` of the previous page, with the same filters and sort.',
    optional: true,
  })
  cursor?: string;
}

export const listingOf = (
  { category, status, sort, limit }: ListProductsRequest,
  after: PagePosition | null,
): ProductListing => ({ category: category ?? null, status: status ?? null, sort, page: { limit, after } });

/** Names the list that a cursor belongs to: the page size may change on the way, filters and sort may not. */
export const listNameOf = ({ category, status, sort }: ListProductsRequest): string =>
  JSON.stringify(['/v1/products', category ?? null, status ?? null, sort]);
