import { Check, Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';
import { AMOUNT_MAX } from '#kernel/money';
import { Product } from '../../domain/product.js';
import {
  CATEGORY_LENGTH_MAX,
  DESCRIPTION_LENGTH_MAX,
  NAME_LENGTH_MAX,
  PRODUCT_STATUSES,
  SKU_LENGTH_MAX,
  STOCK_MAX,
  type ProductStatus,
} from '../../domain/product.state.js';

const STATUSES = PRODUCT_STATUSES.map((status) => `'${status}'`).join(', ');

/**
 * A row of catalog.products: what TypeORM compares with the migrated schema, and what pg gives for `SELECT *`.
 * The checks repeat the aggregate's invariants, for whoever writes to the table without it.
 */
@Entity({ schema: 'catalog', name: 'products' })
@Unique('products_sku_key', ['sku'])
@Check('products_price_amount_check', `price_amount BETWEEN 0 AND ${AMOUNT_MAX}`)
@Check('products_price_currency_check', `price_currency ~ '^[A-Z]{3}$'`)
@Check('products_stock_check', `stock BETWEEN 0 AND ${STOCK_MAX}`)
@Check('products_status_check', `status IN (${STATUSES})`)
@Check('products_active_has_price_check', `status <> 'active' OR price_amount > 0`)
@Check('products_version_check', 'version >= 1')
@Index('products_created_at_idx', ['created_at', 'id'])
@Index('products_name_idx', ['name', 'id'])
@Index('products_price_idx', ['price_amount', 'id'])
@Index('products_category_created_at_idx', ['category', 'created_at', 'id'])
@Index('products_category_name_idx', ['category', 'name', 'id'])
@Index('products_category_price_idx', ['category', 'price_amount', 'id'])
@Index('products_status_created_at_idx', ['status', 'created_at', 'id'])
// Of active products alone, and descending in one column, which TypeORM has no words for: the migration alone makes it.
@Index('products_bestsellers_idx', { synchronize: false })
export class ProductRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'products_pkey' })
  id!: string;

  @Column({ type: 'varchar', length: SKU_LENGTH_MAX })
  sku!: string;

  /** Collated by code point: the same order everywhere, and none that an update of ICU or libc changes under an index. */
  @Column({ type: 'varchar', length: NAME_LENGTH_MAX, collation: 'C' })
  name!: string;

  @Column({ type: 'varchar', length: DESCRIPTION_LENGTH_MAX })
  description!: string;

  @Column({ type: 'varchar', length: CATEGORY_LENGTH_MAX })
  category!: string;

  /** Text on the wire: pg doesn't trust a JavaScript number with 64 bits. */
  @Column('bigint')
  price_amount!: string;

  @Column({ type: 'varchar', length: 3 })
  price_currency!: string;

  @Column('integer')
  stock!: number;

  @Column({ type: 'varchar', length: 12 })
  status!: ProductStatus;

  @Column('integer')
  version!: number;

  /** Milliseconds, what a JavaScript Date holds: a finer time would lie behind the cursor that was made from it. */
  @Column({ type: 'timestamptz', precision: 3 })
  created_at!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  updated_at!: Date;

  /** Pieces, for the order of the bestsellers; no part of the product. In 64 bits no number of sales runs over. */
  @Column({ type: 'bigint', default: 0 })
  units_sold!: string;
}

/** The columns that make a product. */
export type ProductFields = Omit<ProductRow, 'units_sold'>;

export const toProduct = (row: ProductFields): Product =>
  Product.restore({
    id: row.id,
    sku: row.sku,
    name: row.name,
    description: row.description,
    category: row.category,
    price: { amount: Number(row.price_amount), currency: row.price_currency },
    stock: row.stock,
    status: row.status,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  });

export const toRow = (product: Product): ProductFields => ({
  id: product.id,
  sku: product.sku,
  name: product.name,
  description: product.description,
  category: product.category,
  price_amount: String(product.price.amount),
  price_currency: product.price.currency,
  stock: product.stock,
  status: product.status,
  version: product.version,
  created_at: product.createdAt,
  updated_at: product.updatedAt,
});
