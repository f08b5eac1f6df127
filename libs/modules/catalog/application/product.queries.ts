import type { Page } from '#kernel/page';
import { UseCase } from '#kernel/use-case';
import { ProductNotFound } from '../domain/product.errors.js';
import type { Product } from '../domain/product.js';
import type { ProductId } from '../domain/product.state.js';
import type { ProductListing } from './ports/product.listing.js';
import { ProductRepository } from './ports/product.repository.js';

/** What may be asked of the catalog. */
@UseCase()
export class ProductQueries {
  constructor(private readonly products: ProductRepository) {}

  /** @throws ProductNotFound */
  async get(id: ProductId): Promise<Product> {
    const product = await this.products.find(id);
    if (!product) throw new ProductNotFound(id);
    return product;
  }

  list(listing: ProductListing): Promise<Page<Product>> {
    return this.products.list(listing);
  }
}
