import { Clock } from '#kernel/clock';
import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import type { Product } from '../domain/product.js';
import type { ProductChanges, ProductId } from '../domain/product.state.js';
import { changeExpected, type ExpectedVersion } from './expected-version.js';
import { ProductRepository } from './ports/product.repository.js';

/** Rewrites what the shop says about a product, or what it asks for it. */
@UseCase()
export class ChangeProduct {
  constructor(
    private readonly products: ProductRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ProductNotFound, ProductChanged, ProductDiscontinued, PriceRequired */
  execute(id: ProductId, expected: ExpectedVersion, changes: ProductChanges): Promise<Product> {
    const { products, unitOfWork } = this;
    return changeExpected({ products, unitOfWork }, id, expected, (product) =>
      product.change(changes, this.clock.now()),
    );
  }
}
