import type { PagePosition, PageRequest } from '#kernel/page';
import type { Product } from '../../domain/product.js';
import type { ProductStatus } from '../../domain/product.state.js';

/** A minus turns the order round. Prices compare by amount alone: a shop with two currencies filters first. */
export const PRODUCT_SORTS = ['name', '-name', 'price', '-price', 'createdAt', '-createdAt'] as const;
export type ProductSort = (typeof PRODUCT_SORTS)[number];
export const PRODUCT_SORT_DEFAULT: ProductSort = '-createdAt';

export interface ProductListing {
  /** null: of every category. */
  readonly category: string | null;
  /** null: of every status. */
  readonly status: ProductStatus | null;
  /** Equal values follow by id, in the same direction; names compare by code point, the same in every store. */
  readonly sort: ProductSort;
  readonly page: PageRequest;
}

/** Where a product stands in the order of a sort: the same for every store, so that a cursor outlives a change of it. */
export function positionOf(product: Product, sort: ProductSort): PagePosition {
  return { sortValue: SORT_VALUE[sort](product), id: product.id };
}

const name = (product: Product): string => product.name;
const price = (product: Product): number => product.price.amount;
/** ISO 8601 in UTC: such texts sort as the times do. */
const createdAt = (product: Product): string => product.createdAt.toISOString();

const SORT_VALUE: Record<ProductSort, (product: Product) => string | number> = {
  name,
  '-name': name,
  price,
  '-price': price,
  createdAt,
  '-createdAt': createdAt,
};
