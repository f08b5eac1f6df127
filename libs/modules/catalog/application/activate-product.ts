import { Clock } from '#kernel/clock';
import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import type { Product } from '../domain/product.js';
import type { ProductId } from '../domain/product.state.js';
import { changeExpected, type ExpectedVersion } from './expected-version.js';
import { ProductRepository } from './ports/product.repository.js';

/** Puts a draft on sale. */
@UseCase()
export class ActivateProduct {
  constructor(
    private readonly products: ProductRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws ProductNotFound, ProductChanged, ProductDiscontinued, ProductAlreadyActive, PriceRequired */
  execute(id: ProductId, expected: ExpectedVersion): Promise<Product> {
    const { products, unitOfWork } = this;
    return changeExpected({ products, unitOfWork }, id, expected, (product) => product.activate(this.clock.now()));
  }
}
