import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A constant default is kept once for the whole table and rewrites no row: writers wait for milliseconds. */
export class AddUnitsSold1795381260000 implements MigrationInterface {
  readonly name = 'AddUnitsSold1795381260000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE catalog.products ADD COLUMN units_sold bigint NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE catalog.products DROP COLUMN units_sold');
  }
}
