import type { Page } from '#kernel/page';
import type { Product } from '../../domain/product.js';
import type { ProductId } from '../../domain/product.state.js';
import type { ProductListing } from './product.listing.js';
import type { BookingOutcome, StockBooking } from './stock.booking.js';

/** One movement of stock, kept for the books. */
export interface StockAdjustment {
  /** UUID of the movement itself. */
  readonly id: string;
  readonly productId: ProductId;
  /** Pieces; negative takes away. Never 0. */
  readonly delta: number;
  readonly reason: string;
  readonly adjustedAt: Date;
  /** The id of the caller. */
  readonly adjustedBy: string;
}

/** Units of a product that have been sold. */
export interface Sale {
  readonly productId: ProductId;
  /** Pieces, at least 1. */
  readonly units: number;
}

/** Where products are kept. Each method is atomic; times are kept to the millisecond. */
export abstract class ProductRepository {
  abstract find(id: ProductId): Promise<Product | null>;

  /** @throws SkuTaken */
  abstract add(product: Product): Promise<void>;

  /**
   * Keeps the product, if the store still holds `expectedVersion`: of two writers that read the same version, one
   * wins. Id, SKU and time of creation stay what they were when the product was added.
   * @throws ProductChanged when the store holds another version, ProductNotFound when it holds none
   */
  abstract save(product: Product, expectedVersion: number): Promise<void>;

  /**
   * Moves the stock where it lies, without reading it first, so that hundreds may do so at once.
   * Gives the product afterwards; null, and no trace, when the product is absent or refuses the movement.
   */
  abstract adjustStock(adjustment: StockAdjustment): Promise<Product | null>;

  /**
   * Takes the pieces of every line, or of none: only if each product is there, active, and has as many. What is taken
   * counts as sold ({@link bestsellers}). Two bookings of the same products, whatever their order, wait for each other
   * and never in a circle.
   */
  abstract reserve(booking: StockBooking): Promise<BookingOutcome>;

  /**
   * The reverse: puts the pieces of every line back, or of none, only if each product is there and stays within
   * STOCK_MAX; whatever its status.
   */
  abstract giveBack(booking: StockBooking): Promise<BookingOutcome>;

  /** One page, strictly after `page.after`. */
  abstract list(listing: ProductListing): Promise<Page<Product>>;

  /** Those of the ids that there are, whatever their status, in no order; each at most once among them. */
  abstract findMany(ids: readonly ProductId[]): Promise<readonly Product[]>;

  /** Those of the ids that are on sale now, in no order; each id at most once among them. */
  abstract findActive(ids: readonly ProductId[]): Promise<readonly Product[]>;

  /** What has sold best of a category, and is on sale now: most units first, ties by id. */
  abstract bestsellers(category: string, limit: number): Promise<readonly Product[]>;

  /**
   * Adds to what has been sold of each product, for {@link bestsellers}. It is no change of the product: its version
   * stays. Products that are absent are passed over; one that is named twice counts twice.
   */
  abstract addUnitsSold(sales: readonly Sale[]): Promise<void>;
}
