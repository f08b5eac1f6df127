import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a purchase held, so that it can be taken back, and that it was. Both are null in the rows that are there, and in
 * those that the version before still writes: such purchases stay counted, whatever happens to them, until everything is
 * forgotten and told again.
 */
export class RememberProductsOfPurchases1795702000000 implements MigrationInterface {
  readonly name = 'RememberProductsOfPurchases1795702000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE recommendations.purchases
        ADD COLUMN product_ids uuid[],
        ADD COLUMN forgotten_at timestamptz(3)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE recommendations.purchases DROP COLUMN product_ids, DROP COLUMN forgotten_at');
  }
}
