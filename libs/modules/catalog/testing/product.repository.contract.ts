import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { AMOUNT_MAX } from '#kernel/money';
import type { ProductRepository } from '../application/ports/product.repository.js';
import { ProductChanged, ProductNotFound, SkuTaken } from '../domain/product.errors.js';
import type { Product } from '../domain/product.js';
import { NAME_LENGTH_MAX, PRODUCT_STATUSES, STOCK_MAX } from '../domain/product.state.js';
import { aProduct } from './product.builder.js';
import { bookingContract } from './product-booking.contract.js';
import { listingContract } from './product-listing.contract.js';
import { salesContract } from './product-sales.contract.js';
import { stockContract } from './product-stock.contract.js';

/** What every store of products does. `make` gives an empty one for each test. */
export function productRepositoryContract(make: () => Promise<ProductRepository>): void {
  let products: ProductRepository;
  beforeEach(async () => {
    products = await make();
  });

  describe('find', () => {
    it('gives null for a product that was never added', async () => {
      expect(await products.find(newId())).toBeNull();
    });

    it.each(PRODUCT_STATUSES)('gives what was added, field for field, when it is %s', async (status) => {
      const product = aProduct({ status });
      await products.add(product);

      expect(await products.find(product.id)).toEqual(product);
    });

    it('keeps the largest numbers and the longest name, four bytes to a character', async () => {
      const product = aProduct({
        name: '🫖'.repeat(NAME_LENGTH_MAX),
        description: 'Tee für zwei — 茶 \u0001 "quoted" \\ and\nbroken',
        price: { amount: AMOUNT_MAX, currency: 'JPY' },
        stock: STOCK_MAX,
        version: 2_147_483_647,
      });
      await products.add(product);

      expect(await products.find(product.id)).toEqual(product);
    });

    it('keeps the smallest: no price, no stock, nothing to say', async () => {
      const product = aProduct({
        status: 'draft',
        description: '',
        price: { amount: 0, currency: 'EUR' },
        stock: 0,
        version: 1,
      });
      await products.add(product);

      expect(await products.find(product.id)).toEqual(product);
    });

    it('gives a copy: whoever writes to it does not write to the store', async () => {
      const product = aProduct();
      await products.add(product);

      (await products.find(product.id))?.createdAt.setFullYear(1970);

      expect(await products.find(product.id)).toEqual(product);
    });
  });

  describe('add', () => {
    it('refuses a SKU that another product has, and keeps that product', async () => {
      const first = aProduct({ sku: 'KETTLE-900' });
      await products.add(first);
      const second = aProduct({ sku: 'KETTLE-900', name: 'Another kettle' });

      await expect(products.add(second)).rejects.toEqual(new SkuTaken('KETTLE-900'));

      expect(await products.find(second.id)).toBeNull();
      expect(await products.find(first.id)).toEqual(first);
    });

    it('says that the SKU is taken when the very same product is added again', async () => {
      const product = aProduct();
      await products.add(product);

      await expect(products.add(product)).rejects.toBeInstanceOf(SkuTaken);
    });

    it.each<[string, () => Product[]]>([
      ['products race for one SKU', () => Array.from({ length: 8 }, () => aProduct({ sku: 'KETTLE-900' }))],
      ['callers add the very same product', () => Array<Product>(8).fill(aProduct())],
    ])('lets one of many win when %s', async (_race, rivalsOf) => {
      const rivals = rivalsOf();

      const results = await Promise.allSettled(rivals.map((rival) => products.add(rival)));

      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(SkuTaken);
      }
    });
  });

  describe('save', () => {
    it('keeps every field that may change', async () => {
      const product = aProduct({ status: 'draft' });
      await products.add(product);
      const changed = aProduct({
        id: product.id,
        sku: product.sku,
        createdAt: product.createdAt,
        name: 'Another name',
        description: 'Another description.',
        category: 'another-category',
        price: { amount: 1, currency: 'SEK' },
        stock: 99,
        status: 'active',
        version: product.version + 1,
        updatedAt: new Date('2026-03-01T00:00:00.001Z'),
      });

      await products.save(changed, product.version);

      expect(await products.find(product.id)).toEqual(changed);
    });

    it('changes no other product', async () => {
      const [product, bystander] = [aProduct(), aProduct()];
      await products.add(product);
      await products.add(bystander);

      await products.save(product.discontinue(new Date('2026-03-01T00:00:00Z')), product.version);

      expect(await products.find(bystander.id)).toEqual(bystander);
    });

    it('never changes id, SKU or time of creation', async () => {
      const product = aProduct();
      await products.add(product);

      const forged = { ...product, sku: 'FORGED', createdAt: new Date('1999-01-01T00:00:00Z'), version: 4 };
      await products.save(aProduct(forged), product.version);

      expect(await products.find(product.id)).toEqual(aProduct({ ...product, version: 4 }));
    });

    it('refuses when the store holds another version, says which, and keeps it', async () => {
      const product = aProduct({ version: 7 });
      await products.add(product);
      const stale = aProduct({ ...product, name: 'Too late', version: 7 });

      await expect(products.save(stale, 6)).rejects.toEqual(new ProductChanged(product.id, 7));

      expect(await products.find(product.id)).toEqual(product);
    });

    it('refuses a product that was never added', async () => {
      const product = aProduct();

      await expect(products.save(product, product.version)).rejects.toEqual(new ProductNotFound(product.id));
    });

    it('lets one of many win that have read the same version', async () => {
      const product = aProduct();
      await products.add(product);
      const rivals = Array.from({ length: 8 }, (_, n) =>
        product.change({ name: `Name by writer ${n}` }, new Date('2026-03-01T00:00:00Z')),
      );

      const results = await Promise.allSettled(rivals.map((rival) => products.save(rival, product.version)));

      const winners = rivals.filter((_, n) => results[n]?.status === 'fulfilled');
      expect(winners).toHaveLength(1);
      expect(await products.find(product.id)).toEqual(winners[0]);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toEqual(new ProductChanged(product.id, 4));
      }
    });
  });

  describe('adjustStock', () => {
    stockContract(() => products);
  });

  describe('reserve and giveBack', () => {
    bookingContract(() => products);
  });

  describe('what is on sale, and sells', () => {
    salesContract(() => products);
  });

  describe('list', () => {
    listingContract(() => products);
  });
}
