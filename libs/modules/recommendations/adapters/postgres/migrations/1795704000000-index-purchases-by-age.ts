import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Walked from its start by whoever forgets old purchases. Built while orders come in, which no transaction can do; a build
 * that failed leaves an invalid index behind, so the next try clears that away first.
 */
export class IndexPurchasesByAge1795704000000 implements MigrationInterface {
  readonly name = 'IndexPurchasesByAge1795704000000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS recommendations.purchases_recorded_at_idx');
    await runner.query(
      'CREATE INDEX CONCURRENTLY purchases_recorded_at_idx ON recommendations.purchases (recorded_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS recommendations.purchases_recorded_at_idx');
  }
}
