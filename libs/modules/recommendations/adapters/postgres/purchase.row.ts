import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A row of recommendations.purchases: that a purchase has been told, or forgotten before it was. What was in it is kept
 * for as long as it may be taken back.
 */
@Entity({ schema: 'recommendations', name: 'purchases' })
@Index('purchases_recorded_at_idx', ['recorded_at'])
export class PurchaseRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'purchases_pkey' })
  id!: string;

  /** Old rows are swept by it: a purchase is told again, or taken back, within weeks, if at all. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  recorded_at!: Date;

  /** Empty when it was forgotten before it was told; null when it was counted before this column was there. */
  @Column('uuid', { array: true, nullable: true })
  product_ids!: string[] | null;

  /** Null while it counts. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  forgotten_at!: Date | null;
}
