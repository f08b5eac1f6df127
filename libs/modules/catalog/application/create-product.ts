import { Clock } from '#kernel/clock';
import { newId } from '#kernel/id';
import { UseCase } from '#kernel/use-case';
import { Product } from '../domain/product.js';
import type { ProductDraft } from '../domain/product.state.js';
import { ProductRepository } from './ports/product.repository.js';

/** Takes a product into the catalog, as a draft: what is on sale is decided by `ActivateProduct`. */
@UseCase()
export class CreateProduct {
  constructor(
    private readonly products: ProductRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws SkuTaken, StockLimitExceeded */
  async execute(draft: Omit<ProductDraft, 'id'>): Promise<Product> {
    const product = Product.draft({ ...draft, id: newId() }, this.clock.now());
    await this.products.add(product);
    return product;
  }
}
