import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A row of recommendations.companions: how many purchases held both products. Each pair lies here in both directions,
 * so that a product's companions are one walk along an index; and each product with itself, which is the number of
 * purchases that held it.
 */
@Entity({ schema: 'recommendations', name: 'companions' })
@Check('companions_purchases_check', 'purchases >= 1')
// Descending in one column, which TypeORM has no words for: the migration alone makes it.
@Index('companions_order_idx', { synchronize: false })
export class CompanionRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'companions_pkey' })
  product_id!: string;

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'companions_pkey' })
  other_id!: string;

  @Column('integer')
  purchases!: number;
}
