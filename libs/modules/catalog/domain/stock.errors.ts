import { appError } from '#kernel/app-error';
import type { ProductId } from './product.state.js';

const EXAMPLE_ID = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';

/** What one line of a reservation lacks. */
export interface Shortage {
  readonly productId: ProductId;
  /** Pieces that were asked for. */
  readonly requested: number;
  /** Pieces that there are. */
  readonly available: number;
}

export class ProductsNotForSale extends appError({
  code: 'catalog.products-not-for-sale',
  kind: 'conflict',
  title: 'Some of the products are not for sale',
  remedy: 'Leave out the products in `lines`: each is absent, a draft, or discontinued.',
  extensions: { lines: [{ productId: EXAMPLE_ID }] },
}) {
  constructor(readonly productIds: readonly ProductId[]) {
    super(`Not for sale: ${productIds.join(', ')}.`);
  }

  override get extensions() {
    return { lines: this.productIds.map((productId) => ({ productId })) };
  }
}

export class StockExhausted extends appError({
  code: 'catalog.stock-exhausted',
  kind: 'conflict',
  title: 'There are not as many pieces in stock of some of the products',
  remedy: 'Take no more than `available` of each product in `lines`, or wait until stock arrives.',
  extensions: { lines: [{ productId: EXAMPLE_ID, requested: 3, available: 2 }] },
}) {
  constructor(readonly lines: readonly Shortage[]) {
    super(`Not enough in stock of ${lines.map(({ productId }) => productId).join(', ')}.`);
  }

  override get extensions() {
    return { lines: this.lines };
  }
}
