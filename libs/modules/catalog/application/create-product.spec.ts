import { describe, expect, it } from '@jest/globals';
import { aUnitOfWork } from '#platform/testing';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import { SkuTaken } from '../domain/product.errors.js';
import { FixedClock } from '../testing/fixed-clock.js';
import { aProduct } from '../testing/product.builder.js';
import { CreateProduct } from './create-product.js';

const NOW = new Date('2026-05-06T07:08:09.123Z');
const { sku, name, description, category, price, stock } = aProduct({ sku: 'KETTLE-900' });
const DRAFT = { sku, name, description, category, price, stock };
const createProductIn = (products: InMemoryProductRepository, { unitOfWork } = aUnitOfWork()) =>
  new CreateProduct(products, unitOfWork, new FixedClock(NOW));

describe('CreateProduct', () => {
  it('keeps a draft under an id of its own, and gives it', async () => {
    const products = new InMemoryProductRepository();

    const product = await createProductIn(products).execute(DRAFT);

    expect(product).toMatchObject({ ...DRAFT, status: 'draft', version: 1, createdAt: NOW, updatedAt: NOW });
    expect(product.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(await products.find(product.id)).toEqual(product);
  });

  it('tells of the new product', async () => {
    const units = aUnitOfWork();

    const { id } = await createProductIn(new InMemoryProductRepository(), units).execute(DRAFT);

    expect(units.outbox.events).toMatchObject([
      { type: 'catalog.product-changed.v1', subject: id, data: { productId: id, version: 1, status: 'draft' } },
    ]);
  });

  it('refuses a SKU that is taken, by a discontinued product too', async () => {
    const products = InMemoryProductRepository.holding(aProduct({ sku: 'KETTLE-900', status: 'discontinued' }));

    const attempt = createProductIn(products).execute(DRAFT);

    await expect(attempt).rejects.toBeInstanceOf(SkuTaken);
  });
});
