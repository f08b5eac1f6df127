import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The key of a record is a hash, and so spread over the whole index: the price of not keeping what clients chose. What an
 * operator asks for (who, which route, which request's log lines) stands in columns of its own. Rows live for a day.
 */
export class CreateIdempotencyRecords1795701000000 implements MigrationInterface {
  readonly name = 'CreateIdempotencyRecords1795701000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS idempotency');
    await runner.query(`
      CREATE TABLE idempotency.records (
        id bytea NOT NULL CONSTRAINT records_pkey PRIMARY KEY,
        fingerprint bytea NOT NULL,
        caller_id varchar(255) NOT NULL,
        method varchar(10) NOT NULL,
        route varchar(255) NOT NULL,
        request_id varchar(128) NOT NULL,
        status smallint NOT NULL,
        headers jsonb NOT NULL,
        body text NOT NULL,
        error_code varchar(80),
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT records_id_check CHECK (length(id) = 32),
        CONSTRAINT records_fingerprint_check CHECK (length(fingerprint) = 32),
        CONSTRAINT records_status_check CHECK (status BETWEEN 200 AND 499),
        CONSTRAINT records_body_check CHECK (octet_length(body) <= 65536),
        CONSTRAINT records_expires_at_check CHECK (expires_at > created_at)
      )`);
    await runner.query('CREATE INDEX records_expires_at_idx ON idempotency.records (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE idempotency.records');
    await runner.query('DROP SCHEMA idempotency');
  }
}
