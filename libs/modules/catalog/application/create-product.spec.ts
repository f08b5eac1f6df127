import { describe, expect, it } from '@jest/globals';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import { SkuTaken } from '../domain/product.errors.js';
import { FixedClock } from '../testing/fixed-clock.js';
import { aProduct } from '../testing/product.builder.js';
import { CreateProduct } from './create-product.js';

const NOW = new Date('2026-05-06T07:08:09.123Z');
const { sku, name, description, category, price, stock } = aProduct({ sku: 'KETTLE-900' });
const DRAFT = { sku, name, description, category, price, stock };

describe('CreateProduct', () => {
  it('keeps a draft under an id of its own, and gives it', async () => {
    const products = new InMemoryProductRepository();

    const product = await new CreateProduct(products, new FixedClock(NOW)).execute(DRAFT);

    expect(product).toMatchObject({ ...DRAFT, status: 'draft', version: 1, createdAt: NOW, updatedAt: NOW });
    expect(product.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(await products.find(product.id)).toEqual(product);
  });

  it('refuses a SKU that is taken, by a discontinued product too', async () => {
    const products = InMemoryProductRepository.holding(aProduct({ sku: 'KETTLE-900', status: 'discontinued' }));

    const attempt = new CreateProduct(products, new FixedClock(NOW)).execute(DRAFT);

    await expect(attempt).rejects.toBeInstanceOf(SkuTaken);
  });
});
