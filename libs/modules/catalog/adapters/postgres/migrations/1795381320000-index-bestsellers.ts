import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Walked from its start for the bestsellers of a category. Built while the shop goes on, which no transaction can do; a
 * build that failed leaves an invalid index behind, so the next try clears that away first.
 */
export class IndexBestsellers1795381320000 implements MigrationInterface {
  readonly name = 'IndexBestsellers1795381320000';
  readonly transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS catalog.products_bestsellers_idx');
    await runner.query(`
      CREATE INDEX CONCURRENTLY products_bestsellers_idx ON catalog.products (category, units_sold DESC, id)
      WHERE status = 'active'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX CONCURRENTLY IF EXISTS catalog.products_bestsellers_idx');
  }
}
