import type { Money } from '#kernel/money';

/** UUID in lower case. */
export type ProductId = string;

/** A product's life, in its order; `discontinued` is the end of it. */
export const PRODUCT_STATUSES = ['draft', 'active', 'discontinued'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/**
 * The most pieces of one product: more than a warehouse keeps, so that a larger figure is a slip of the keyboard;
 * and far below what 32 bits hold, so that no sum of a stock and a delta runs over.
 */
export const STOCK_MAX = 1_000_000;

/** Lengths in code points, what Postgres and JSON Schema call a character. */
export const SKU_LENGTH_MAX = 40;
export const NAME_LENGTH_MAX = 200;
export const DESCRIPTION_LENGTH_MAX = 2_000;
export const CATEGORY_LENGTH_MAX = 60;
export const REASON_LENGTH_MAX = 200;

/** What a shop says about a product before it is sold. */
export interface ProductDraft {
  readonly id: ProductId;
  /** The shop's own number for it, unique among all products, discontinued ones too. */
  readonly sku: string;
  readonly name: string;
  /** Empty when there is nothing to say. */
  readonly description: string;
  /** A slug: `coffee-and-tea`. */
  readonly category: string;
  readonly price: Money;
  /** Pieces, 0 to {@link STOCK_MAX}. */
  readonly stock: number;
}

/** What may change by hand; a field that is absent stays as it is. Stock changes by adjustments alone. */
export type ProductChanges = Partial<Pick<ProductDraft, 'name' | 'description' | 'category' | 'price'>>;

/** Everything that a store keeps of a product. */
export interface ProductState extends ProductDraft {
  readonly status: ProductStatus;
  /** Starts at 1 and grows by one with every change: two readers of one version have seen the same product. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
