import { Injectable } from '@nestjs/common';
import { Postgres } from '#platform/postgres';
import { CompanionRepository } from '../../application/ports/companion.repository.js';
import type { Purchase } from '../../domain/purchase.js';
import type { Companion } from '../../domain/recommendation.js';
import { COMPANIONS_OF, RECORD_PURCHASES } from './companion.statements.js';

interface RecordedRow {
  readonly recorded: number;
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

  override async companionsOf(productId: string, limit: number): Promise<readonly Companion[]> {
    const { rows } = await this.postgres.query<CompanionOfRow>(COMPANIONS_OF, [productId, limit]);
    return rows.map((row) => ({
      productId: row.other_id,
      together: row.purchases,
      purchases: row.of_purchases,
    }));
  }
}
