import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of recommendations.purchases: that a purchase has been counted. What was in it is not kept. */
@Entity({ schema: 'recommendations', name: 'purchases' })
export class PurchaseRow {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'purchases_pkey' })
  id!: string;

  /** For whoever deletes old rows: a purchase is told again within days, if at all. */
  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  recorded_at!: Date;
}
