/** The most different products of one purchase: its pairs are counted in one statement, and they grow by the square. */
export const PURCHASE_PRODUCTS_MAX = 50;

/** What somebody bought at once. */
export interface Purchase {
  /** UUID: the same purchase is counted once, however often it is told. */
  readonly id: string;
  /** Each product once, 1 to {@link PURCHASE_PRODUCTS_MAX}. One alone says nothing of others: it is only remembered. */
  readonly productIds: readonly string[];
}

/**
 * The purchase with each product once.
 * @throws RangeError for no products, or more than {@link PURCHASE_PRODUCTS_MAX}
 */
export function purchase(id: string, productIds: readonly string[]): Purchase {
  const different = [...new Set(productIds)];
  if (different.length === 0 || different.length > PURCHASE_PRODUCTS_MAX) {
    throw new RangeError(`A purchase has 1 to ${PURCHASE_PRODUCTS_MAX} different products, not ${different.length}.`);
  }
  return { id, productIds: different };
}
