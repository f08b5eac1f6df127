import { Clock } from '#kernel/clock';
import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import { StockLimitExceeded } from '../domain/product.errors.js';
import { STOCK_MAX } from '../domain/product.state.js';
import { bookingOf, type BookingFor } from './booked-lines.js';
import { ProductRepository } from './ports/product.repository.js';
import type { StockLine } from './ports/stock.booking.js';

/**
 * Puts pieces back that `ReserveStock` has taken: those of every line, or none. Onto a discontinued product as well,
 * though nothing else changes on it: the pieces are in the warehouse again, and books have to balance.
 */
@UseCase()
export class ReturnStock {
  constructor(
    private readonly products: ProductRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws StockLimitExceeded when one of the products would have more than {@link STOCK_MAX}
   * @throws Error for a product that there is not: it was never reserved, for products are never deleted
   * @throws RangeError for lines that no edge lets in ({@link bookingOf})
   */
  async execute(lines: readonly StockLine[], purpose: BookingFor): Promise<void> {
    const booking = bookingOf(lines, purpose, this.clock.now());
    const { booked, products } = await this.unitOfWork.run(() => this.products.giveBack(booking), { repeatable: true });
    if (booked) return;
    const stockOf = new Map(products.map(({ id, stock }) => [id, stock]));
    const full = lines.find(({ productId, quantity }) => (stockOf.get(productId) ?? 0) + quantity > STOCK_MAX);
    if (full) throw new StockLimitExceeded(full.productId);
    throw new Error('Stock is returned of products that there are not.');
  }
}
