import { newId } from '#kernel/id';
import { REASON_LENGTH_MAX, STOCK_MAX } from '../domain/product.state.js';
import type { StockBooking, StockLine } from './ports/stock.booking.js';

/** Rows that one booking locks at once: twice of what an order may hold. */
export const STOCK_LINES_MAX = 100;

/** For whom pieces are moved. */
export interface BookingFor {
  /** What the book says as the reason, `Order 019c… placed`: at most {@link REASON_LENGTH_MAX} characters. */
  readonly reference: string;
  /** The id of the caller. */
  readonly by: string;
}

/** @throws RangeError for what no other module may ask: no line or too many, a product twice, no whole piece, a novel as the reason */
export function bookingOf(lines: readonly StockLine[], { reference, by }: BookingFor, now: Date): StockBooking {
  if (lines.length === 0 || lines.length > STOCK_LINES_MAX) {
    throw new RangeError(`Pieces of 1 to ${STOCK_LINES_MAX} products move at once, not of ${lines.length}.`);
  }
  if (new Set(lines.map(({ productId }) => productId)).size < lines.length) {
    throw new RangeError('Each product has one line.');
  }
  for (const { quantity } of lines) {
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > STOCK_MAX) {
      throw new RangeError(`Stock moves by 1 to ${STOCK_MAX} whole pieces, not by ${quantity}.`);
    }
  }
  if (reference.length > REASON_LENGTH_MAX) throw new RangeError('The reference is too long for the book.');
  return {
    lines: lines.map(({ productId, quantity }) => ({ id: newId(), productId, quantity })),
    reason: reference,
    bookedAt: now,
    bookedBy: by,
  };
}
