import type { MigrationInterface, QueryRunner } from 'typeorm';
import { makeReadOnly } from '#platform/postgres';

/** Nothing but a migration writes the key: a service that could replace it could forge cursors. */
export class ProtectSealingKeys1795384800000 implements MigrationInterface {
  readonly name = 'ProtectSealingKeys1795384800000';

  async up(runner: QueryRunner): Promise<void> {
    await makeReadOnly(runner, 'platform.sealing_keys');
  }

  /** Who might write before is not known any more; nobody had to. */
  async down(): Promise<void> {}
}
