import { Clock } from '#kernel/clock';
import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import type { Product } from '../domain/product.js';
import type { ProductId } from '../domain/product.state.js';
import { changeExpected, type ExpectedVersion } from './expected-version.js';
import { ProductRepository } from './ports/product.repository.js';

/** Takes a product out of the shop for good. */
@UseCase()
export class DiscontinueProduct {
  constructor(
    private readonly products: ProductRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ProductNotFound, ProductChanged, ProductDiscontinued */
  execute(id: ProductId, expected: ExpectedVersion): Promise<Product> {
    const { products, unitOfWork } = this;
    return changeExpected({ products, unitOfWork }, id, expected, (product) => product.discontinue(this.clock.now()));
  }
}
