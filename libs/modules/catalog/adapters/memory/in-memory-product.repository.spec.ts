import { describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { MemoryStoreFull } from '#platform/errors';
import { aUnitOfWork } from '#platform/testing';
import { aBooking } from '../../testing/product-booking.contract.js';
import { anAdjustment } from '../../testing/product-stock.contract.js';
import { productRepositoryContract } from '../../testing/product.repository.contract.js';
import { aProduct } from '../../testing/product.builder.js';
import { InMemoryProductRepository, PRODUCTS_MAX } from './in-memory-product.repository.js';

describe('InMemoryProductRepository', () => {
  productRepositoryContract(() => Promise.resolve(new InMemoryProductRepository()));

  it('takes no more than its bound, and says how to go on', async () => {
    const full = InMemoryProductRepository.holding(...Array.from({ length: PRODUCTS_MAX }, () => aProduct()));

    await expect(full.add(aProduct())).rejects.toBeInstanceOf(MemoryStoreFull);
  });

  describe('in a unit of work that fails', () => {
    const NOW = new Date('2026-05-06T07:08:09.123Z');
    const kettle = aProduct({ name: 'kettle', stock: 17, version: 3 });
    const mug = aProduct({ name: 'mug', stock: 9, version: 5 });

    /** Everything that the store tells of its products, in an order that shows what has sold. */
    const contents = (products: InMemoryProductRepository) => products.bestsellers('coffee-and-tea', 10);

    const fail = (work: () => Promise<unknown>): Promise<unknown> =>
      aUnitOfWork().unitOfWork.run(async () => {
        await work();
        throw new Error('no');
      });

    it.each<[string, (products: InMemoryProductRepository) => Promise<unknown>]>([
      ['add', (products) => products.add(aProduct())],
      ['save', (products) => products.save(kettle.change({ name: 'pot' }, NOW), 3)],
      ['adjustStock', (products) => products.adjustStock(anAdjustment({ productId: kettle.id }))],
      ['addUnitsSold', (products) => products.addUnitsSold([{ productId: kettle.id, units: 100 }])],
      ['reserve', (products) => products.reserve(aBooking([kettle, 5], [mug, 9]))],
      ['giveBack', (products) => products.giveBack(aBooking([mug, 50], [kettle, 5]))],
      [
        'one after the other',
        async (products) => {
          await products.reserve(aBooking([kettle, 5]));
          await products.adjustStock(anAdjustment({ productId: kettle.id, delta: 3 }));
          await products.save(kettle.change({ name: 'pot' }, NOW).adjustStock(1, NOW), 5);
        },
      ],
    ])('leaves nothing behind of %s', async (_method, write) => {
      const products = InMemoryProductRepository.holding(kettle, mug);
      await products.addUnitsSold([{ productId: mug.id, units: 7 }]);
      const before = await contents(products);

      await expect(fail(() => write(products))).rejects.toThrow('no');

      expect(await contents(products)).toEqual(before);
      expect(await products.find(kettle.id)).toEqual(kettle);
    });

    it('frees the SKU of a product that it has added', async () => {
      const products = new InMemoryProductRepository();
      await fail(() => products.add(kettle)).catch(() => null);

      await products.add(kettle);

      expect(await products.find(kettle.id)).toEqual(kettle);
    });

    it('keeps what others have moved meanwhile, outside of it', async () => {
      const products = InMemoryProductRepository.holding(kettle);
      const elsewhere = AsyncLocalStorage.snapshot();

      await fail(async () => {
        await products.reserve(aBooking([kettle, 5]));
        await elsewhere(() => products.adjustStock(anAdjustment({ productId: kettle.id, delta: 2 })));
      }).catch(() => null);

      expect(await products.find(kettle.id)).toMatchObject({ stock: 19, version: 6 });
    });
  });
});
