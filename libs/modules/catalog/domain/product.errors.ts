import { appError } from '#kernel/app-error';
import { STOCK_MAX, type ProductId } from './product.state.js';

export class ProductNotFound extends appError({
  code: 'catalog.product-not-found',
  kind: 'not-found',
  title: 'There is no such product',
  remedy: 'Take the id from the list of products; products are never deleted, so the id was never one of ours.',
}) {
  constructor(readonly productId: ProductId) {
    super(`There is no product ${productId}.`);
  }
}

export class SkuTaken extends appError({
  code: 'catalog.sku-taken',
  kind: 'conflict',
  title: 'Another product has this SKU',
  remedy: 'Choose another SKU, or change the product that has it.',
}) {
  constructor(readonly sku: string) {
    super(`Another product has the SKU ${sku}.`);
  }
}

export class ProductDiscontinued extends appError({
  code: 'catalog.product-discontinued',
  kind: 'conflict',
  title: 'The product is discontinued',
  remedy: 'Nothing changes on a discontinued product any more; create a new one under a new SKU.',
}) {
  constructor(readonly productId: ProductId) {
    super(`Product ${productId} is discontinued.`);
  }
}

export class ProductAlreadyActive extends appError({
  code: 'catalog.product-already-active',
  kind: 'conflict',
  title: 'The product is active already',
  remedy: 'Nothing is left to do.',
}) {
  constructor(readonly productId: ProductId) {
    super(`Product ${productId} is active already.`);
  }
}

export class PriceRequired extends appError({
  code: 'catalog.price-required',
  kind: 'conflict',
  title: 'An active product needs a price above zero',
  remedy: 'Set a price above zero first, then activate the product.',
}) {
  constructor(readonly productId: ProductId) {
    super(`Product ${productId} needs a price above zero to be active.`);
  }
}

export class InsufficientStock extends appError({
  code: 'catalog.insufficient-stock',
  kind: 'conflict',
  title: 'There are not as many pieces in stock',
  remedy: 'Take no more than `available` pieces, or wait until stock arrives.',
  extensions: { available: 2 },
}) {
  constructor(
    readonly productId: ProductId,
    readonly available: number,
  ) {
    super(`Product ${productId} has only ${available} in stock.`);
  }

  override get extensions() {
    return { available: this.available };
  }
}

export class StockLimitExceeded extends appError({
  code: 'catalog.stock-limit-exceeded',
  kind: 'conflict',
  title: 'The stock would exceed its limit',
  remedy: `Keep the stock of a product at ${STOCK_MAX} pieces or below.`,
}) {
  constructor(readonly productId: ProductId) {
    super(`The stock of product ${productId} would exceed ${STOCK_MAX}.`);
  }
}

export class ProductChanged extends appError({
  code: 'catalog.product-changed',
  kind: 'stale',
  title: 'The product has changed meanwhile',
  remedy: 'Read the product again, look at what has changed, and repeat with its new ETag.',
  extensions: { currentVersion: 4 },
}) {
  constructor(
    readonly productId: ProductId,
    readonly currentVersion: number,
  ) {
    super(`Product ${productId} has changed: it is at version ${currentVersion} now.`);
  }

  override get extensions() {
    return { currentVersion: this.currentVersion };
  }
}
