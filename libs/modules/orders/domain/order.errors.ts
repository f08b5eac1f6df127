import { appError } from '#kernel/app-error';
import { AMOUNT_MAX } from '#kernel/money';
import type { OrderId } from './order.state.js';

const EXAMPLE_ID = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';

/** What one line of an order lacks. */
export interface Shortage {
  readonly productId: string;
  /** Pieces that were asked for. */
  readonly requested: number;
  /** Pieces that there are. */
  readonly available: number;
}

export class OrderNotFound extends appError({
  code: 'orders.order-not-found',
  kind: 'not-found',
  title: 'There is no such order',
  remedy: 'Take the id from the list of your orders; the order of another is none of yours.',
}) {
  constructor(readonly orderId: OrderId) {
    super(`There is no order ${orderId}.`);
  }
}

export class OutOfStock extends appError({
  code: 'orders.out-of-stock',
  kind: 'conflict',
  title: 'There are not as many pieces in stock',
  remedy: 'Order no more than `available` of each product in `lines`, or wait until stock arrives.',
  extensions: { lines: [{ productId: EXAMPLE_ID, requested: 3, available: 2 }] },
}) {
  constructor(
    readonly lines: readonly Shortage[],
    options?: ErrorOptions,
  ) {
    super('Nothing was ordered: there are not as many pieces of each product in stock; see lines.', options);
  }

  override get extensions() {
    return { lines: this.lines };
  }
}

export class ProductsNotForSale extends appError({
  code: 'orders.products-not-for-sale',
  kind: 'conflict',
  title: 'Some of the products are not for sale',
  remedy: 'Order without the products in `lines`: the shop does not have them, or not yet, or no longer.',
  extensions: { lines: [{ productId: EXAMPLE_ID }] },
}) {
  constructor(
    readonly productIds: readonly string[],
    options?: ErrorOptions,
  ) {
    super('Nothing was ordered: some of the products are not for sale; see lines.', options);
  }

  override get extensions() {
    return { lines: this.productIds.map((productId) => ({ productId })) };
  }
}

export class MixedCurrencies extends appError({
  code: 'orders.mixed-currencies',
  kind: 'conflict',
  title: 'An order has one currency',
  remedy: 'Order the products of each currency by themselves.',
  extensions: { currencies: ['EUR', 'SEK'] },
}) {
  constructor(readonly currencies: readonly string[]) {
    super(`Nothing was ordered: the products are sold in ${currencies.join(' and ')}.`);
  }

  override get extensions() {
    return { currencies: this.currencies };
  }
}

export class OrderTotalTooLarge extends appError({
  code: 'orders.total-too-large',
  kind: 'conflict',
  title: 'The total of the order is too large',
  remedy: `Order less at once: the total is at most ${AMOUNT_MAX} minor units.`,
}) {
  constructor() {
    super(`Nothing was ordered: the total would be more than ${AMOUNT_MAX} minor units.`);
  }
}

export class StockNotTakenBack extends appError({
  code: 'orders.stock-not-taken-back',
  kind: 'conflict',
  title: 'The pieces can not be taken back',
  remedy: 'Nothing was cancelled: the shop has no room for the pieces. Ask it to make some, and cancel again.',
}) {
  constructor(
    readonly orderId: OrderId,
    options?: ErrorOptions,
  ) {
    super(`The shop has no room for the pieces of order ${orderId}.`, options);
  }
}
