import { Injectable } from '@nestjs/common';
import type { Page } from '#kernel/page';
import { Postgres, type Statement } from '#platform/postgres';
import { positionOf, type ProductListing } from '../../application/ports/product.listing.js';
import { ProductRepository, type Sale, type StockAdjustment } from '../../application/ports/product.repository.js';
import type { BookingOutcome, StockBooking } from '../../application/ports/stock.booking.js';
import { ProductChanged, ProductNotFound, SkuTaken } from '../../domain/product.errors.js';
import type { Product } from '../../domain/product.js';
import type { ProductId } from '../../domain/product.state.js';
import { listStatement, listValues } from './product-list.statements.js';
import { toProduct, toRow, type ProductFields } from './product.row.js';
import {
  ADD_PRODUCT,
  ADD_UNITS_SOLD,
  ADJUST_STOCK,
  BESTSELLERS,
  FIND_ACTIVE_PRODUCTS,
  FIND_PRODUCT,
  FIND_PRODUCTS,
  SAVE_PRODUCT,
} from './product.statements.js';
import { RESERVE_STOCK, RETURN_STOCK } from './stock.statements.js';

/** Keeps products in catalog.products, by prepared statements: a list of the shop is its hottest read. */
@Injectable()
export class PostgresProductRepository extends ProductRepository {
  constructor(private readonly postgres: Postgres) {
    super();
  }

  override async find(id: ProductId): Promise<Product | null> {
    const { rows } = await this.postgres.query<ProductFields>(FIND_PRODUCT, [id]);
    return rows[0] ? toProduct(rows[0]) : null;
  }

  override async add(product: Product): Promise<void> {
    const row = toRow(product);
    const { rowCount } = await this.postgres.query(ADD_PRODUCT, [
      row.id,
      row.sku,
      row.name,
      row.description,
      row.category,
      row.price_amount,
      row.price_currency,
      row.stock,
      row.status,
      row.version,
      row.created_at,
      row.updated_at,
    ]);
    if (rowCount === 0) throw new SkuTaken(product.sku);
  }

  override async save(product: Product, expectedVersion: number): Promise<void> {
    const row = toRow(product);
    const { rowCount } = await this.postgres.query(SAVE_PRODUCT, [
      row.id,
      expectedVersion,
      row.name,
      row.description,
      row.category,
      row.price_amount,
      row.price_currency,
      row.stock,
      row.status,
      row.version,
      row.updated_at,
    ]);
    if (rowCount === 0) throw await this.refusal(product.id);
  }

  override async adjustStock(adjustment: StockAdjustment): Promise<Product | null> {
    const { id, productId, delta, reason, adjustedAt, adjustedBy } = adjustment;
    const values = [productId, delta, adjustedAt, id, reason, adjustedBy];
    const { rows } = await this.postgres.query<ProductFields>(ADJUST_STOCK, values);
    return rows[0] ? toProduct(rows[0]) : null;
  }

  override reserve(booking: StockBooking): Promise<BookingOutcome> {
    return this.book(RESERVE_STOCK, booking);
  }

  override giveBack(booking: StockBooking): Promise<BookingOutcome> {
    return this.book(RETURN_STOCK, booking);
  }

  override async list(listing: ProductListing): Promise<Page<Product>> {
    const { limit } = listing.page;
    const { rows } = await this.postgres.query<ProductFields>(listStatement(listing), listValues(listing));
    const items = rows.slice(0, limit).map(toProduct);
    const last = items.at(-1);
    return { items, next: rows.length > limit && last ? positionOf(last, listing.sort) : null };
  }

  override async findMany(ids: readonly ProductId[]): Promise<readonly Product[]> {
    const { rows } = await this.postgres.query<ProductFields>(FIND_PRODUCTS, [ids]);
    return rows.map(toProduct);
  }

  override async findActive(ids: readonly ProductId[]): Promise<readonly Product[]> {
    const { rows } = await this.postgres.query<ProductFields>(FIND_ACTIVE_PRODUCTS, [ids]);
    return rows.map(toProduct);
  }

  override async bestsellers(category: string, limit: number): Promise<readonly Product[]> {
    const { rows } = await this.postgres.query<ProductFields>(BESTSELLERS, [category, limit]);
    return rows.map(toProduct);
  }

  override async addUnitsSold(sales: readonly Sale[]): Promise<void> {
    const values = [sales.map(({ productId }) => productId), sales.map(({ units }) => units)];
    await this.postgres.query(ADD_UNITS_SOLD, values);
  }

  private async book(statement: Statement, booking: StockBooking): Promise<BookingOutcome> {
    const { lines, reason, bookedAt, bookedBy } = booking;
    const { rows } = await this.postgres.query<ProductFields & { booked: boolean }>(statement, [
      lines.map(({ productId }) => productId),
      lines.map(({ quantity }) => quantity),
      lines.map(({ id }) => id),
      reason,
      bookedAt,
      bookedBy,
    ]);
    return { booked: rows[0]?.booked ?? false, products: rows.map(toProduct) };
  }

  private async refusal(id: ProductId): Promise<ProductNotFound | ProductChanged> {
    const current = await this.find(id);
    return current ? new ProductChanged(id, current.version) : new ProductNotFound(id);
  }
}
