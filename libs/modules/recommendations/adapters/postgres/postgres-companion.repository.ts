import { Injectable } from '@nestjs/common';
import { Postgres } from '#platform/postgres';
import { CompanionRepository, type Forgotten } from '../../application/ports/companion.repository.js';
import type { Purchase } from '../../domain/purchase.js';
import type { Companion } from '../../domain/recommendation.js';
import {
  COMPANIONS_OF,
  DELETE_COMPANIONS,
  DELETE_PURCHASES,
  HOLD_PURCHASES,
  MARK_FORGOTTEN,
  RECORD_PURCHASES,
  SWEEP_PURCHASES,
  TAKE_BACK,
} from './companion.statements.js';

/** Rows to a statement: some tens of milliseconds. */
export const DELETED_AT_ONCE = 10_000;

interface RecordedRow {
  readonly recorded: number;
}

interface MarkedRow {
  readonly product_ids: string[] | null;
}

interface CompanionOfRow {
  readonly other_id: string;
  readonly purchases: number;
  readonly of_purchases: number;
}

/** Counts in recommendations.companions, by prepared statements. */
@Injectable()
export class PostgresCompanionRepository extends CompanionRepository {
  constructor(private readonly postgres: Postgres) {
    super();
  }

  override async record(purchases: readonly Purchase[]): Promise<number> {
    const told = purchases.flatMap(({ id, productIds }) => productIds.map((productId) => ({ id, productId })));
    const values = [told.map(({ id }) => id), told.map(({ productId }) => productId)];
    const { rows } = await this.postgres.query<RecordedRow>(RECORD_PURCHASES, values);
    return rows[0]?.recorded ?? 0;
  }

  override async forget(purchaseId: string): Promise<Forgotten> {
    const { rows } = await this.postgres.query<MarkedRow>(MARK_FORGOTTEN, [purchaseId]);
    const [marked] = rows;
    if (!marked) return { outcome: 'known', productIds: [] };
    const productIds = marked.product_ids;
    if (!productIds) return { outcome: 'kept', productIds: [] };
    if (productIds.length === 0) return { outcome: 'marked', productIds };
    if (productIds.length > 1) await this.postgres.query(TAKE_BACK, [productIds]);
    return { outcome: 'forgotten', productIds };
  }

  override async clear(): Promise<number> {
    await this.postgres.query(HOLD_PURCHASES);
    await this.deleteAll(DELETE_COMPANIONS);
    return this.deleteAll(DELETE_PURCHASES);
  }

  override async sweep(olderThanSeconds: number, limit: number): Promise<number> {
    return (await this.postgres.query(SWEEP_PURCHASES, [olderThanSeconds, limit])).rowCount;
  }

  override async companionsOf(productId: string, limit: number): Promise<readonly Companion[]> {
    const { rows } = await this.postgres.query<CompanionOfRow>(COMPANIONS_OF, [productId, limit]);
    return rows.map((row) => ({
      productId: row.other_id,
      together: row.purchases,
      purchases: row.of_purchases,
    }));
  }

  private async deleteAll(some: typeof DELETE_COMPANIONS): Promise<number> {
    let all = 0;
    for (;;) {
      const { rowCount } = await this.postgres.query(some, [DELETED_AT_ONCE]);
      all += rowCount;
      if (rowCount < DELETED_AT_ONCE) return all;
    }
  }
}
