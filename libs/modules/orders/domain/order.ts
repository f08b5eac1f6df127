import type { DomainEvent } from '#kernel/domain-event';
import { money, type Money } from '#kernel/money';
import { totalOf } from './order-total.js';
import { orderCancelled, orderPlaced } from './order.events.js';
import {
  ORDER_LINES_MAX,
  QUANTITY_MAX,
  type CustomerId,
  type OrderDraft,
  type OrderId,
  type OrderLine,
  type OrderState,
  type OrderStatus,
  type WantedLine,
} from './order.state.js';

/** What somebody has bought. It never changes in place: a verb answers the order as it is afterwards, one version on. */
export class Order implements OrderState {
  readonly id: OrderId;
  readonly customerId: CustomerId;
  readonly lines: readonly OrderLine[];
  readonly total: Money;
  readonly status: OrderStatus;
  readonly version: number;
  readonly placedAt: Date;
  readonly cancelledAt: Date | null;
  /** Out of sight of comparisons and copies: what has happened to an order is no part of what it is. */
  readonly #events: readonly DomainEvent[];

  private constructor(state: OrderState, events: readonly DomainEvent[]) {
    this.id = state.id;
    this.customerId = state.customerId;
    this.lines = state.lines;
    this.total = state.total;
    this.status = state.status;
    this.version = state.version;
    this.placedAt = state.placedAt;
    this.cancelledAt = state.cancelledAt;
    this.#events = events;
  }

  /**
   * A new order, at the prices that its lines name.
   * @throws MixedCurrencies, OrderTotalTooLarge
   * @throws RangeError for lines that no edge lets in ({@link checkWanted})
   */
  static place({ id, customerId, lines: asked }: OrderDraft, now: Date): Order {
    checkWanted(asked);
    const lines = asked.map(({ productId, quantity, unitPrice: { amount, currency } }) =>
      Object.freeze({ productId, quantity, unitPrice: money(amount, currency) }),
    );
    const total = totalOf(lines);
    const fresh = { status: 'placed', version: 1, placedAt: now, cancelledAt: null } as const;
    const state = { id, customerId, lines: Object.freeze(lines), total, ...fresh };
    return new Order(state, [orderPlaced(state)]);
  }

  /** An order as a store has kept it: its invariants held when it was saved. */
  static restore(state: OrderState): Order {
    return new Order(state, []);
  }

  /** What has happened to it since it was read, or made, in order: for the unit of work that keeps it. */
  get events(): readonly DomainEvent[] {
    return this.#events;
  }

  /** Ends the order. One that is cancelled already stays as it is: it was cancelled when it was. */
  cancel(now: Date): Order {
    if (this.status === 'cancelled') return this;
    const changed = { status: 'cancelled', version: this.version + 1, cancelledAt: now } as const;
    return new Order({ ...this, ...changed }, [...this.#events, orderCancelled(this.id, now)]);
  }
}

/** @throws RangeError for no lines or too many, a product twice, or a quantity out of bounds */
export function checkWanted(lines: readonly WantedLine[]): void {
  if (lines.length < 1 || lines.length > ORDER_LINES_MAX) {
    throw new RangeError(`An order has 1 to ${ORDER_LINES_MAX} lines, not ${lines.length}.`);
  }
  if (new Set(lines.map(({ productId }) => productId)).size < lines.length) {
    throw new RangeError('An order has one line for each product.');
  }
  for (const { quantity } of lines) {
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > QUANTITY_MAX) {
      throw new RangeError(`A line is of 1 to ${QUANTITY_MAX} whole pieces, not of ${quantity}.`);
    }
  }
}
