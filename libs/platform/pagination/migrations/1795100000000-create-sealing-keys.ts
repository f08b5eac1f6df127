import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Draws the key that seals cursors. It lives in the database because all replicas share that and no deployment then
 * needs one more secret. Two random UUIDs have 244 random bits; gen_random_bytes would need an extension.
 */
export class CreateSealingKeys1795100000000 implements MigrationInterface {
  readonly name = 'CreateSealingKeys1795100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.sealing_keys (
        id integer NOT NULL CONSTRAINT sealing_keys_pkey PRIMARY KEY CONSTRAINT sealing_keys_single_check CHECK (id = 1),
        key bytea NOT NULL CONSTRAINT sealing_keys_key_check CHECK (length(key) = 32)
      )`);
    await runner.query(`
      INSERT INTO platform.sealing_keys (id, key)
      VALUES (1, sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE platform.sealing_keys');
  }
}
