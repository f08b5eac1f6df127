import { Injectable } from '@nestjs/common';
import {
  ProductsNotForSale as NotForSaleInCatalog,
  ReserveStock,
  ReturnStock,
  StockExhausted,
  StockLimitExceeded,
  type BookingFor,
} from '#modules/catalog';
import { Stock, type StockPurpose } from '../../application/ports/stock.js';
import { OutOfStock, ProductsNotForSale, StockNotTakenBack } from '../../domain/order.errors.js';
import type { OrderLine, WantedLine } from '../../domain/order.state.js';

/** The catalog's stock, in our words. Its use cases join our unit of work: both modules' rows are kept, or none. */
@Injectable()
export class CatalogStock extends Stock {
  constructor(
    private readonly reserveStock: ReserveStock,
    private readonly returnStock: ReturnStock,
  ) {
    super();
  }

  override reserve(lines: readonly WantedLine[], purpose: StockPurpose): Promise<readonly OrderLine[]> {
    return this.reserveStock.execute(wanted(lines), booked(purpose, 'placed')).catch((error: unknown) => {
      throw inOurWords(error, purpose);
    });
  }

  override giveBack(lines: readonly WantedLine[], purpose: StockPurpose): Promise<void> {
    return this.returnStock.execute(wanted(lines), booked(purpose, 'cancelled')).catch((error: unknown) => {
      throw inOurWords(error, purpose);
    });
  }
}

const wanted = (lines: readonly WantedLine[]): WantedLine[] =>
  lines.map(({ productId, quantity }) => ({ productId, quantity }));

const booked = ({ orderId, customerId }: StockPurpose, fate: string): BookingFor => ({
  reference: `Order ${orderId} ${fate}`,
  by: customerId,
});

function inOurWords(error: unknown, { orderId }: StockPurpose): unknown {
  const cause = { cause: error };
  if (error instanceof NotForSaleInCatalog) return new ProductsNotForSale(error.productIds, cause);
  if (error instanceof StockExhausted) return new OutOfStock(error.lines, cause);
  if (error instanceof StockLimitExceeded) return new StockNotTakenBack(orderId, cause);
  return error;
}
