import { Clock } from '#kernel/clock';
import { newId } from '#kernel/id';
import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import { Product } from '../domain/product.js';
import type { ProductDraft } from '../domain/product.state.js';
import { ProductRepository } from './ports/product.repository.js';

/** Takes a product into the catalog, as a draft: what is on sale is decided by `ActivateProduct`. */
@UseCase()
export class CreateProduct {
  constructor(
    private readonly products: ProductRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws SkuTaken, StockLimitExceeded */
  async execute(draft: Omit<ProductDraft, 'id'>): Promise<Product> {
    const product = Product.draft({ ...draft, id: newId() }, this.clock.now());
    const add = async (): Promise<void> => {
      await this.products.add(product);
      this.unitOfWork.record(product.events);
    };
    await this.unitOfWork.run(add, { repeatable: true });
    return product;
  }
}
