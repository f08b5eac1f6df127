/** The most different products of one purchase: its pairs are counted in one statement, and they grow by the square. */
export const PURCHASE_PRODUCTS_MAX = 50;

/** What somebody bought at once. */
export interface Purchase {
  /** UUID: the same purchase is counted once, however often it is told. */
  readonly id: string;
  /** Each product once, 2 to {@link PURCHASE_PRODUCTS_MAX}. */
  readonly productIds: readonly string[];
}

/**
 * The purchase as it counts for "bought together"; null when it holds a single product, which says nothing of others.
 * @throws RangeError for no products, or more than {@link PURCHASE_PRODUCTS_MAX}
 */
export function purchase(id: string, productIds: readonly string[]): Purchase | null {
  const different = [...new Set(productIds)];
  if (different.length === 0 || different.length > PURCHASE_PRODUCTS_MAX) {
    throw new RangeError(`A purchase has 1 to ${PURCHASE_PRODUCTS_MAX} different products, not ${different.length}.`);
  }
  return different.length === 1 ? null : { id, productIds: different };
}
