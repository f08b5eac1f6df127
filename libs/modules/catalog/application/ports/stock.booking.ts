import type { Product } from '../../domain/product.js';
import type { ProductId } from '../../domain/product.state.js';

/** Pieces of one product. */
export interface StockLine {
  readonly productId: ProductId;
  /** Pieces, at least 1. */
  readonly quantity: number;
}

/** Pieces of several products that move together or not at all. */
export interface StockBooking {
  /** Each product once, in any order: stores lock in the order of ids. */
  readonly lines: readonly (StockLine & {
    /** UUID of the movement, as the book will hold it. */
    readonly id: string;
  })[];
  /** For the book. */
  readonly reason: string;
  readonly bookedAt: Date;
  /** The id of the caller. */
  readonly bookedBy: string;
}

export interface BookingOutcome {
  /** Whether the pieces have moved: those of every line, or of none. */
  readonly booked: boolean;
  /** The products of the lines as they were when that was decided, in no order; those that are absent are missing. */
  readonly products: readonly Product[];
}
