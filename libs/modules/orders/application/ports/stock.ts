import type { CustomerId, OrderId, OrderLine, WantedLine } from '../../domain/order.state.js';

/** For what pieces move: it goes into the books of whoever has the stock. */
export interface StockPurpose {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
}

/** The pieces that can be sold. It takes part in the current unit of work: what that undoes has not moved. */
export abstract class Stock {
  /**
   * Takes the pieces of every line, or of none; gives the lines in their order, with the prices of this moment.
   * @throws ProductsNotForSale, OutOfStock
   */
  abstract reserve(lines: readonly WantedLine[], purpose: StockPurpose): Promise<readonly OrderLine[]>;

  /**
   * Puts the pieces of every line back, or of none.
   * @throws StockNotTakenBack
   */
  abstract giveBack(lines: readonly WantedLine[], purpose: StockPurpose): Promise<void>;
}
