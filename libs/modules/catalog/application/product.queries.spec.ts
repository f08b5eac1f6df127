import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import { ProductNotFound } from '../domain/product.errors.js';
import { aProduct } from '../testing/product.builder.js';
import { ProductQueries } from './product.queries.js';

describe('ProductQueries', () => {
  it('gets a product', async () => {
    const product = aProduct();
    const queries = new ProductQueries(InMemoryProductRepository.holding(product, aProduct()));

    expect(await queries.get(product.id)).toEqual(product);
  });

  it('says which product there is not', async () => {
    const id = newId();

    await expect(new ProductQueries(new InMemoryProductRepository()).get(id)).rejects.toEqual(new ProductNotFound(id));
  });

  it('lists products of every status unless asked otherwise', async () => {
    const queries = new ProductQueries(
      InMemoryProductRepository.holding(aProduct({ status: 'draft' }), aProduct({ status: 'discontinued' })),
    );

    const page = await queries.list({ category: null, status: null, sort: 'name', page: { limit: 10, after: null } });

    expect(page.items).toHaveLength(2);
  });
});
