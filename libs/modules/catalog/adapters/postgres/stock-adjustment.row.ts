import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { REASON_LENGTH_MAX, STOCK_MAX } from '../../domain/product.state.js';

/** A line of catalog.stock_adjustments, the book of every movement; lines are added and never changed. */
@Entity({ schema: 'catalog', name: 'stock_adjustments' })
@Check('stock_adjustments_delta_check', 'delta <> 0')
@Check('stock_adjustments_stock_after_check', `stock_after BETWEEN 0 AND ${STOCK_MAX}`)
@Index('stock_adjustments_product_idx', ['product_id', 'adjusted_at'])
export class StockAdjustmentRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'stock_adjustments_pkey' })
  id!: string;

  /** No foreign key: products are never deleted, and the check would lock each product once more per movement. */
  @Column('uuid')
  product_id!: string;

  @Column('integer')
  delta!: number;

  @Column({ type: 'varchar', length: REASON_LENGTH_MAX })
  reason!: string;

  @Column('integer')
  stock_after!: number;

  @Column({ type: 'timestamptz', precision: 3 })
  adjusted_at!: Date;

  /** Null on lines from before it was written down. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  adjusted_by!: string | null;
}
