import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../testing/product.builder.js';
import { Product } from './product.js';
import {
  InsufficientStock,
  PriceRequired,
  ProductAlreadyActive,
  ProductDiscontinued,
  StockLimitExceeded,
} from './product.errors.js';
import { STOCK_MAX, type ProductDraft } from './product.state.js';

const NOW = new Date('2026-05-06T07:08:09.123Z');
const LATER = new Date('2026-05-06T08:00:00.456Z');
const FREE = { amount: 0, currency: 'EUR' };

const aDraft = (draft: Partial<ProductDraft> = {}): ProductDraft => ({
  id: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7',
  sku: 'KETTLE-900',
  name: 'Pour-over kettle',
  description: 'Pours where you point it.',
  category: 'coffee-and-tea',
  price: { amount: 5_490, currency: 'EUR' },
  stock: 17,
  ...draft,
});

describe('Product', () => {
  describe('draft', () => {
    it('is a draft at its first version, created and updated now', () => {
      expect(Product.draft(aDraft(), NOW)).toMatchObject({
        ...aDraft(),
        status: 'draft',
        version: 1,
        createdAt: NOW,
        updatedAt: NOW,
      });
    });

    it('may have no price yet', () => {
      expect(Product.draft(aDraft({ price: FREE }), NOW).price).toEqual(FREE);
    });

    it.each([0, STOCK_MAX])('may start with %d pieces', (stock) => {
      expect(Product.draft(aDraft({ stock }), NOW).stock).toBe(stock);
    });

    it('may not start with more pieces than the limit', () => {
      expect(() => Product.draft(aDraft({ stock: STOCK_MAX + 1 }), NOW)).toThrow(StockLimitExceeded);
    });
  });

  describe('activate', () => {
    it('puts a draft on sale', () => {
      const draft = aProduct({ status: 'draft', version: 4 });

      const active = draft.activate(NOW);

      expect(active).toEqual(aProduct({ ...draft, status: 'active', version: 5, updatedAt: NOW }));
    });

    it('leaves the draft itself as it was', () => {
      const draft = aProduct({ status: 'draft', version: 4 });

      draft.activate(NOW);

      expect(draft).toMatchObject({ status: 'draft', version: 4 });
    });

    it('refuses a product without a price', () => {
      expect(() => aProduct({ status: 'draft', price: FREE }).activate(NOW)).toThrow(PriceRequired);
    });

    it('refuses a product that is active already', () => {
      expect(() => aProduct({ status: 'active' }).activate(NOW)).toThrow(ProductAlreadyActive);
    });

    it('refuses a discontinued product', () => {
      expect(() => aProduct({ status: 'discontinued' }).activate(NOW)).toThrow(ProductDiscontinued);
    });
  });

  describe('change', () => {
    it.each([
      { name: 'Gooseneck kettle' },
      { description: '' },
      { category: 'kitchen-tools' },
      { price: { amount: 4_990, currency: 'SEK' } },
    ])('changes what is named, %j, and nothing else', (changes) => {
      const product = aProduct({ version: 3 });

      const changed = product.change(changes, NOW);

      expect(changed).toEqual(aProduct({ ...product, ...changes, version: 4, updatedAt: NOW }));
    });

    it('refuses to take the price from an active product', () => {
      expect(() => aProduct({ status: 'active' }).change({ price: FREE }, NOW)).toThrow(PriceRequired);
    });

    it('lets a draft lose its price', () => {
      expect(aProduct({ status: 'draft' }).change({ price: FREE }, NOW).price).toEqual(FREE);
    });

    it('refuses a discontinued product', () => {
      expect(() => aProduct({ status: 'discontinued' }).change({ name: 'x' }, NOW)).toThrow(ProductDiscontinued);
    });
  });

  describe('discontinue', () => {
    it.each(['draft', 'active'] as const)('ends the life of one that is %s', (status) => {
      const product = aProduct({ status, version: 8 });

      const discontinued = product.discontinue(NOW);

      expect(discontinued).toEqual(aProduct({ ...product, status: 'discontinued', version: 9, updatedAt: NOW }));
    });

    it('happens once', () => {
      expect(() => aProduct({ status: 'discontinued' }).discontinue(NOW)).toThrow(ProductDiscontinued);
    });
  });

  describe('events', () => {
    it('are told of each verb, in order, with what it led to', () => {
      const { id, events } = Product.draft(aDraft(), NOW)
        .activate(LATER)
        .change({ name: 'Kettle' }, LATER)
        .discontinue(LATER);

      const told = (version: number, status: string, occurredAt: Date) => ({
        id: expect.any(String),
        type: 'catalog.product-changed.v1',
        subject: id,
        occurredAt,
        data: { productId: id, version, status },
      });
      expect(events).toEqual([
        told(1, 'draft', NOW),
        told(2, 'active', LATER),
        told(3, 'active', LATER),
        told(4, 'discontinued', LATER),
      ]);
      expect(new Set(events.map((event) => event.id)).size).toBe(4);
    });

    it('are none of a product as it was kept, nor of stock that moves', () => {
      expect(aProduct().events).toEqual([]);
      expect(aProduct().adjustStock(1, NOW).events).toEqual([]);
    });

    it('are no part of the product: it is the same one when it is read again', () => {
      const product = aProduct({ status: 'draft' }).activate(NOW);

      expect(Product.restore({ ...product })).toEqual(product);
    });
  });

  describe('adjustStock', () => {
    it.each([
      { stock: 17, delta: 3, after: 20 },
      { stock: 17, delta: -17, after: 0 },
      { stock: 0, delta: STOCK_MAX, after: STOCK_MAX },
    ])('makes $after of $stock and $delta', ({ stock, delta, after }) => {
      const product = aProduct({ stock, version: 3 });

      const adjusted = product.adjustStock(delta, NOW);

      expect(adjusted).toEqual(aProduct({ ...product, stock: after, version: 4, updatedAt: NOW }));
    });

    it('never goes below zero, and says how many there are', () => {
      const product = aProduct({ stock: 2 });

      expect(() => product.adjustStock(-3, NOW)).toThrow(new InsufficientStock(product.id, 2));
      expect(new InsufficientStock(product.id, 2).extensions).toEqual({ available: 2 });
    });

    it('never goes above the limit', () => {
      expect(() => aProduct({ stock: STOCK_MAX }).adjustStock(1, NOW)).toThrow(StockLimitExceeded);
    });

    it('refuses a discontinued product', () => {
      expect(() => aProduct({ status: 'discontinued' }).adjustStock(1, NOW)).toThrow(ProductDiscontinued);
    });

    it('counts whole pieces only', () => {
      expect(() => aProduct().adjustStock(0.5, NOW)).toThrow(RangeError);
    });
  });
});
