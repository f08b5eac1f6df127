import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who moved the stock: the subject of the access token. It may be null, because lines of before don't tell, and because
 * the version before this one goes on writing while this one is rolled out.
 */
export class AddAdjustedBy1795610400000 implements MigrationInterface {
  readonly name = 'AddAdjustedBy1795610400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE catalog.stock_adjustments ADD COLUMN adjusted_by varchar(255)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE catalog.stock_adjustments DROP COLUMN adjusted_by');
  }
}
