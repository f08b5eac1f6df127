import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import {
  InsufficientStock,
  ProductChanged,
  ProductDiscontinued,
  ProductNotFound,
  StockLimitExceeded,
} from '../domain/product.errors.js';
import type { Product } from '../domain/product.js';
import { STOCK_MAX } from '../domain/product.state.js';
import { FixedClock } from '../testing/fixed-clock.js';
import { aProduct } from '../testing/product.builder.js';
import { AdjustStock } from './adjust-stock.js';
import type { StockAdjustment } from './ports/product.repository.js';

const NOW = new Date('2026-05-06T07:08:09.123Z');
const adjustStockOf = (products: InMemoryProductRepository) => new AdjustStock(products, new FixedClock(NOW));

/** A store that refuses the first movements, though the stock that is read afterwards would have allowed them. */
class RefusingRepository extends InMemoryProductRepository {
  readonly asked: StockAdjustment[] = [];
  refusals = 0;

  override adjustStock(adjustment: StockAdjustment): Promise<Product | null> {
    this.asked.push(adjustment);
    return this.asked.length > this.refusals ? super.adjustStock(adjustment) : Promise.resolve(null);
  }
}

async function refusing(product: Product, refusals: number): Promise<RefusingRepository> {
  const products = new RefusingRepository();
  products.refusals = refusals;
  await products.add(product);
  return products;
}

describe('AdjustStock', () => {
  it('moves the stock, and gives the product afterwards', async () => {
    const product = aProduct({ stock: 17, version: 3 });
    const products = InMemoryProductRepository.holding(product);

    const adjusted = await adjustStockOf(products).execute(
      product.id,
      { delta: -2, reason: 'Broken in the warehouse' },
      'storekeeper-7',
    );

    expect(adjusted).toEqual(aProduct({ ...product, stock: 15, version: 4, updatedAt: NOW }));
  });

  it('tells the store what moved, by how much, why, when, and by whom', async () => {
    const product = aProduct();
    const products = await refusing(product, 0);

    await adjustStockOf(products).execute(product.id, { delta: 5, reason: 'Delivery 4711' }, 'storekeeper-7');

    expect(products.asked).toEqual([
      {
        id: expect.any(String),
        productId: product.id,
        delta: 5,
        reason: 'Delivery 4711',
        adjustedAt: NOW,
        adjustedBy: 'storekeeper-7',
      },
    ]);
  });

  it.each([
    ['below zero', { stock: 2 }, -3, InsufficientStock],
    ['above the limit', { stock: STOCK_MAX }, 1, StockLimitExceeded],
    ['of a discontinued product', { status: 'discontinued' as const }, 1, ProductDiscontinued],
  ])('refuses a movement %s, and says so', async (_reason, state, delta, error) => {
    const product = aProduct(state);
    const products = InMemoryProductRepository.holding(product);

    await expect(
      adjustStockOf(products).execute(product.id, { delta, reason: 'x' }, 'storekeeper-7'),
    ).rejects.toBeInstanceOf(error);

    expect(await products.find(product.id)).toEqual(product);
  });

  it('refuses a product that does not exist', async () => {
    const attempt = adjustStockOf(new InMemoryProductRepository()).execute(
      newId(),
      { delta: 1, reason: 'x' },
      'storekeeper-7',
    );

    await expect(attempt).rejects.toBeInstanceOf(ProductNotFound);
  });

  it('tries again when the reason for a refusal has gone', async () => {
    const product = aProduct({ stock: 17 });
    const products = await refusing(product, 2);

    const adjusted = await adjustStockOf(products).execute(product.id, { delta: -1, reason: 'x' }, 'storekeeper-7');

    expect(adjusted.stock).toBe(16);
    expect(products.asked).toHaveLength(3);
  });

  it('gives up after three tries', async () => {
    const product = aProduct({ version: 3 });
    const products = await refusing(product, Infinity);

    await expect(
      adjustStockOf(products).execute(product.id, { delta: -1, reason: 'x' }, 'storekeeper-7'),
    ).rejects.toEqual(new ProductChanged(product.id, 3));

    expect(products.asked).toHaveLength(3);
  });
});
