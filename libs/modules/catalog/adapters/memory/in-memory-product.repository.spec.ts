import { describe, expect, it } from '@jest/globals';
import { productRepositoryContract } from '../../testing/product.repository.contract.js';
import { aProduct } from '../../testing/product.builder.js';
import { InMemoryProductRepository } from './in-memory-product.repository.js';
import { MemoryStoreFull, PRODUCTS_MAX } from './memory-store-full.js';

describe('InMemoryProductRepository', () => {
  productRepositoryContract(() => Promise.resolve(new InMemoryProductRepository()));

  it('takes no more than its bound, and says how to go on', async () => {
    const full = InMemoryProductRepository.holding(...Array.from({ length: PRODUCTS_MAX }, () => aProduct()));

    await expect(full.add(aProduct())).rejects.toBeInstanceOf(MemoryStoreFull);
  });
});
