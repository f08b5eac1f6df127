import { describe, expect, it } from '@jest/globals';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import { DESCRIPTION_LENGTH_MAX, NAME_LENGTH_MAX } from '../domain/product.state.js';
import { CatalogSeed } from './catalog.seed.js';
import { seedId } from './seed-id.js';
import { seedProducts } from './seed-products.js';
import { seedSales } from './seed-sales.js';

describe('CatalogSeed', () => {
  it('adds each product once, however often it runs', async () => {
    const seed = new CatalogSeed(new InMemoryProductRepository());

    const first = await seed.run();
    const second = await seed.run();

    expect(first).toEqual({ total: 252, added: 252 });
    expect(second).toEqual({ total: 252, added: 0 });
  });

  it('counts what has sold once, however often it runs', async () => {
    const products = new InMemoryProductRepository();
    const seed = new CatalogSeed(products);
    await seed.run();
    const best = (await products.bestsellers('cycling', 50)).map(({ id }) => id);

    await seed.run();

    expect((await products.bestsellers('cycling', 50)).map(({ id }) => id)).toEqual(best);
  });

  it('leaves a product alone that has changed since', async () => {
    const products = new InMemoryProductRepository();
    const seed = new CatalogSeed(products);
    await seed.run();
    const id = seedId('COF-1001');
    const changed = (await products.find(id))?.change({ name: 'Changed by hand' }, new Date('2026-06-01T00:00:00Z'));
    if (!changed) throw new Error('The seed has no COF-1001.');
    await products.save(changed, changed.version - 1);

    await seed.run();

    expect(await products.find(id)).toMatchObject({ name: 'Changed by hand' });
  });
});

describe('the sample shop', () => {
  const products = seedProducts();

  it('is the same each time', () => {
    expect(seedProducts()).toEqual(products);
    expect(seedId('COF-1001')).toBe('689e029d-1ec9-8f9b-8d4b-597dce844cdf');
  });

  it('has twelve categories', () => {
    expect(new Set(products.map(({ category }) => category)).size).toBe(12);
  });

  it('has an id, a SKU, a name and a time of arrival for each product alone', () => {
    for (const field of ['id', 'sku', 'name'] as const) {
      expect(new Set(products.map((product) => product[field])).size).toBe(products.length);
    }
    expect(new Set(products.map(({ createdAt }) => createdAt.getTime())).size).toBe(products.length);
  });

  it('has sold units of everything but drafts, the same each time', () => {
    const sales = seedSales(products);

    expect(seedSales(seedProducts())).toEqual(sales);
    expect(sales).toHaveLength(products.filter(({ status }) => status !== 'draft').length);
    expect(sales.every(({ units }) => Number.isInteger(units) && units > 0)).toBe(true);
    expect(new Set(sales.map(({ units }) => units)).size).toBeGreaterThan(30);
  });

  it('is mostly on sale, with a few drafts and a few discontinued', () => {
    const count = (status: string): number => products.filter((product) => product.status === status).length;

    expect(count('active')).toBeGreaterThan(products.length * 0.9);
    expect(count('draft')).toBeGreaterThan(2);
    expect(count('discontinued')).toBeGreaterThan(2);
  });

  it('fits what the edge would accept', () => {
    for (const { sku, name, description, id } of products) {
      expect(sku).toMatch(/^[A-Z]{3}-\d{4}$/);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(name.length).toBeLessThanOrEqual(NAME_LENGTH_MAX);
      expect(description.length).toBeLessThanOrEqual(DESCRIPTION_LENGTH_MAX);
    }
  });
});
