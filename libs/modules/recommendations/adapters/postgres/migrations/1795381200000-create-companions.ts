import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The index answers the one question that is asked, in the order that is asked for, without a sort; the diagonal (a
 * product with itself) is left out of it. A purchase rewrites its entries: purchases are rare beside looks at a page.
 */
export class CreateCompanions1795381200000 implements MigrationInterface {
  readonly name = 'CreateCompanions1795381200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS recommendations');
    await runner.query(`
      CREATE TABLE recommendations.purchases (
        id uuid NOT NULL CONSTRAINT purchases_pkey PRIMARY KEY,
        recorded_at timestamptz(3) NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE recommendations.companions (
        product_id uuid NOT NULL,
        other_id uuid NOT NULL,
        purchases integer NOT NULL,
        CONSTRAINT companions_pkey PRIMARY KEY (product_id, other_id),
        CONSTRAINT companions_purchases_check CHECK (purchases >= 1)
      )`);
    await runner.query(`
      CREATE INDEX companions_order_idx ON recommendations.companions (product_id, purchases DESC, other_id)
      WHERE other_id <> product_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE recommendations.companions');
    await runner.query('DROP TABLE recommendations.purchases');
    await runner.query('DROP SCHEMA recommendations');
  }
}
