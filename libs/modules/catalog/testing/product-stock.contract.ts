import { expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import type { ProductRepository, StockAdjustment } from '../application/ports/product.repository.js';
import { STOCK_MAX } from '../domain/product.state.js';
import { aProduct } from './product.builder.js';

export function anAdjustment(adjustment: Partial<StockAdjustment> = {}): StockAdjustment {
  return {
    id: newId(),
    productId: newId(),
    delta: -2,
    reason: 'Broken in the warehouse',
    adjustedAt: new Date('2026-03-04T05:06:07.089Z'),
    adjustedBy: 'storekeeper-7',
    ...adjustment,
  };
}

/** What every store does when stock moves. */
export function stockContract(store: () => ProductRepository): void {
  it('gives, and keeps, what the aggregate would have become', async () => {
    const product = aProduct({ stock: 17 });
    await store().add(product);
    const adjustment = anAdjustment({ productId: product.id });

    const adjusted = await store().adjustStock(adjustment);

    expect(adjusted).toEqual(product.adjustStock(adjustment.delta, adjustment.adjustedAt));
    expect(await store().find(product.id)).toEqual(adjusted);
  });

  it.each([
    { stock: 5, delta: -5, after: 0 },
    { stock: 0, delta: STOCK_MAX, after: STOCK_MAX },
    { stock: STOCK_MAX, delta: -STOCK_MAX, after: 0 },
  ])('reaches the bound: $stock and $delta make $after', async ({ stock, delta, after }) => {
    const product = aProduct({ stock });
    await store().add(product);

    const adjusted = await store().adjustStock(anAdjustment({ productId: product.id, delta }));

    expect(adjusted?.stock).toBe(after);
  });

  it.each([
    { stock: 5, delta: -6 },
    { stock: STOCK_MAX, delta: 1 },
    { stock: 1, delta: Number.MAX_SAFE_INTEGER },
    { stock: 1, delta: Number.MIN_SAFE_INTEGER },
  ])('gives null and changes nothing beyond it: $stock and $delta', async ({ stock, delta }) => {
    const product = aProduct({ stock });
    await store().add(product);

    expect(await store().adjustStock(anAdjustment({ productId: product.id, delta }))).toBeNull();

    expect(await store().find(product.id)).toEqual(product);
  });

  it('moves the stock of a draft', async () => {
    const product = aProduct({ status: 'draft' });
    await store().add(product);

    expect(await store().adjustStock(anAdjustment({ productId: product.id }))).not.toBeNull();
  });

  it('gives null for a discontinued product, and changes nothing', async () => {
    const product = aProduct({ status: 'discontinued' });
    await store().add(product);

    expect(await store().adjustStock(anAdjustment({ productId: product.id }))).toBeNull();

    expect(await store().find(product.id)).toEqual(product);
  });

  it('gives null for a product that was never added', async () => {
    expect(await store().adjustStock(anAdjustment())).toBeNull();
  });

  it('never sells a piece twice, however many reach for the last ones', async () => {
    const product = aProduct({ stock: 10, version: 1 });
    await store().add(product);

    const taken = await Promise.all(
      Array.from({ length: 16 }, () => store().adjustStock(anAdjustment({ productId: product.id, delta: -1 }))),
    );

    const stocks = taken.flatMap((adjusted) => (adjusted ? [adjusted.stock] : []));
    expect(stocks.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await store().find(product.id)).toMatchObject({ stock: 0, version: 11 });
  });
}
