import type { Caller } from '#kernel/caller';
import { Clock } from '#kernel/clock';
import { newId } from '#kernel/id';
import { UseCase } from '#kernel/use-case';
import { ProductChanged, ProductNotFound } from '../domain/product.errors.js';
import type { Product } from '../domain/product.js';
import type { ProductId } from '../domain/product.state.js';
import { ProductRepository, type StockAdjustment } from './ports/product.repository.js';

/** One try is the rule; a second is needed when the stock moves between a refusal and the look at its reason. */
const TRIES_MAX = 3;

/** What is asked for. */
export type StockMovement = Pick<StockAdjustment, 'delta' | 'reason'>;

/** Moves stock in or out. It asks for no version: movements add up, whatever their order. */
@UseCase()
export class AdjustStock {
  constructor(
    private readonly products: ProductRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @param by who moves it: it goes into the books
   * @throws ProductNotFound, ProductDiscontinued, InsufficientStock, StockLimitExceeded,
   * ProductChanged when the product changed at every try
   */
  async execute(productId: ProductId, { delta, reason }: StockMovement, by: Caller['id']): Promise<Product> {
    const adjustment = { id: newId(), productId, delta, reason, adjustedAt: this.clock.now(), adjustedBy: by };
    for (let tries = 1; ; tries += 1) {
      const adjusted = await this.products.adjustStock(adjustment);
      if (adjusted) return adjusted;

      const refusing = await this.refusing(adjustment);
      if (tries === TRIES_MAX) throw new ProductChanged(productId, refusing.version);
    }
  }

  /** Throws the reason of a refusal, as the domain words it; gives the product back when there is none any more. */
  private async refusing({ productId, delta, adjustedAt }: StockAdjustment): Promise<Product> {
    const product = await this.products.find(productId);
    if (!product) throw new ProductNotFound(productId);
    product.adjustStock(delta, adjustedAt);
    return product;
  }
}
