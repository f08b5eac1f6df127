import { Clock } from '#kernel/clock';
import type { Money } from '#kernel/money';
import { UnitOfWork } from '#kernel/unit-of-work';
import { UseCase } from '#kernel/use-case';
import type { Product } from '../domain/product.js';
import { ProductsNotForSale, StockExhausted } from '../domain/stock.errors.js';
import { bookingOf, type BookingFor } from './booked-lines.js';
import { ProductRepository } from './ports/product.repository.js';
import type { StockLine } from './ports/stock.booking.js';

/** Pieces that are taken, and what each of them costs as of this moment. */
export interface ReservedLine extends StockLine {
  readonly unitPrice: Money;
}

/**
 * Takes pieces of several products out of stock, for whoever sells them: those of every line, or none. In the caller's
 * unit of work, if there is one: then they are back when that fails, and nobody gets at these products until it ends.
 */
@UseCase()
export class ReserveStock {
  constructor(
    private readonly products: ProductRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives the lines in their order.
   * @throws ProductsNotForSale for what is absent, a draft or discontinued, whatever the stock of the others
   * @throws StockExhausted with every line that is short
   * @throws RangeError for lines that no edge lets in ({@link bookingOf})
   */
  async execute(lines: readonly StockLine[], purpose: BookingFor): Promise<readonly ReservedLine[]> {
    const booking = bookingOf(lines, purpose, this.clock.now());
    const { booked, products } = await this.unitOfWork.run(() => this.products.reserve(booking), { repeatable: true });
    const byId = new Map(products.map((product) => [product.id, product]));
    const wanted = lines.map((line) => ({ line, product: byId.get(line.productId) }));
    const forSale = wanted.flatMap(({ line, product }) => (product?.status === 'active' ? [{ line, product }] : []));
    if (!booked) throw refusal(lines, forSale);
    return forSale.map(({ line, product }) => ({ ...line, unitPrice: product.price }));
  }
}

function refusal(lines: readonly StockLine[], forSale: readonly { line: StockLine; product: Product }[]): Error {
  const sold = new Set(forSale.map(({ product }) => product.id));
  const others = lines.map(({ productId }) => productId).filter((id) => !sold.has(id));
  if (others.length > 0) return new ProductsNotForSale(others);
  const short = forSale.filter(({ line, product }) => product.stock < line.quantity);
  return new StockExhausted(
    short.map(({ line: { productId, quantity }, product }) => {
      return { productId, requested: quantity, available: product.stock };
    }),
  );
}
