import type { Money } from '#kernel/money';

/** UUID in lower case. */
export type OrderId = string;
/** The subject of the customer's access token. */
export type CustomerId = string;

/** `cancelled` is the end of an order. */
export const ORDER_STATUSES = ['placed', 'cancelled'] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** More than a basket holds; each line is a row that is locked while the order is placed. */
export const ORDER_LINES_MAX = 50;
/** Pieces to a line: whoever buys more has somebody to call. */
export const QUANTITY_MAX = 1_000;

/** What somebody wants of one product. */
export interface WantedLine {
  readonly productId: string;
  /** Pieces, 1 to {@link QUANTITY_MAX}. */
  readonly quantity: number;
}

export interface OrderLine extends WantedLine {
  /** What one piece cost when the order was placed; what it costs later is another matter. */
  readonly unitPrice: Money;
}

export interface OrderDraft {
  readonly id: OrderId;
  readonly customerId: CustomerId;
  /** 1 to {@link ORDER_LINES_MAX}, each product once, all in one currency. */
  readonly lines: readonly OrderLine[];
}

/** Everything that a store keeps of an order. */
export interface OrderState extends OrderDraft {
  /** The sum of the lines: kept, and not made again, so that a bill stays what it was. */
  readonly total: Money;
  readonly status: OrderStatus;
  /** Starts at 1 and grows by one with every change. */
  readonly version: number;
  readonly placedAt: Date;
  readonly cancelledAt: Date | null;
}
