import { beforeEach, describe, expect, it } from '@jest/globals';
import { someCaches } from '#platform/testing';
import { aBooking } from '../../testing/product-booking.contract.js';
import { aProduct } from '../../testing/product.builder.js';
import { anAdjustment } from '../../testing/product-stock.contract.js';
import { productRepositoryContract } from '../../testing/product.repository.contract.js';
import { InMemoryProductRepository } from '../memory/in-memory-product.repository.js';
import { CachedProductRepository } from './cached-product.repository.js';

const LIFETIME = { ttlSeconds: 60, staleSeconds: 60 };

function cached(stored = new InMemoryProductRepository()) {
  const { caches, results } = someCaches();
  return { products: new CachedProductRepository(stored, caches, LIFETIME), stored, results };
}

describe('CachedProductRepository', () => {
  productRepositoryContract(() => Promise.resolve(cached().products));

  describe('after a product was read', () => {
    const kettle = aProduct({ stock: 10, version: 3 });
    let { products, stored, results } = cached();
    beforeEach(async () => {
      ({ products, stored, results } = cached(InMemoryProductRepository.holding(kettle)));
      await products.find(kettle.id);
    });

    it('does not ask the store again', async () => {
      await products.find(kettle.id);

      expect(results).toEqual(['miss', 'hit']);
    });

    it.each<[string, () => Promise<unknown>]>([
      ['it was saved', () => products.save(kettle.discontinue(new Date()), kettle.version)],
      ['its stock was adjusted', () => products.adjustStock(anAdjustment({ productId: kettle.id, delta: 1 }))],
      ['pieces were sold', () => products.reserve(aBooking([kettle, 1]))],
      ['pieces came back', () => products.giveBack(aBooking([kettle, 1]))],
    ])('shows at once that %s', async (_what, change) => {
      await change();

      expect(await products.find(kettle.id)).toEqual(await stored.find(kettle.id));
      expect((await products.find(kettle.id))?.version).toBe(kettle.version + 1);
    });

    it('asks it no more after sales, which change no product', async () => {
      await products.addUnitsSold([{ productId: kettle.id, units: 5 }]);
      await products.find(kettle.id);

      expect(results).toEqual(['miss', 'hit']);
    });
  });

  it('shows a product that was added after somebody had asked for it', async () => {
    const { products } = cached();
    const mug = aProduct();
    expect(await products.find(mug.id)).toBeNull();

    await products.add(mug);

    expect(await products.find(mug.id)).toEqual(mug);
  });
});
