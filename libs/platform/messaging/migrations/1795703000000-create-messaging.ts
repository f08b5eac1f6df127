import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The outbox is a queue in a table: rows are changed twice and then lie still until they are swept, so a page keeps
 * room for that, and the vacuum comes after some rows rather than after a fifth of the history. Indexes hold what is
 * unsent alone, which is next to nothing: by position for the relay, by subject for who comes first of each.
 */
export class CreateMessaging1795703000000 implements MigrationInterface {
  readonly name = 'CreateMessaging1795703000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS messaging');
    await runner.query(CREATE_OUTBOX);
    await runner.query(
      'CREATE INDEX outbox_unsent_idx ON messaging.outbox (position) WHERE sent_at IS NULL AND parked_at IS NULL',
    );
    await runner.query('CREATE INDEX outbox_subject_idx ON messaging.outbox (subject, position) WHERE sent_at IS NULL');
    await runner.query('CREATE INDEX outbox_sent_idx ON messaging.outbox (sent_at) WHERE sent_at IS NOT NULL');
    await runner.query(CREATE_INBOX);
    await runner.query('CREATE INDEX inbox_consumed_idx ON messaging.inbox (consumed_at)');
    await runner.query(CREATE_PARKED_EVENTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE messaging.parked_events');
    await runner.query('DROP TABLE messaging.inbox');
    await runner.query('DROP TABLE messaging.outbox');
    await runner.query('DROP SCHEMA messaging');
  }
}

const CREATE_OUTBOX = `
  CREATE TABLE messaging.outbox (
    position bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT outbox_pkey PRIMARY KEY,
    id uuid NOT NULL CONSTRAINT outbox_id_key UNIQUE,
    type varchar(120) NOT NULL,
    subject varchar(255) NOT NULL,
    occurred_at timestamptz(3) NOT NULL,
    traceparent varchar(55) NOT NULL,
    data jsonb NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    next_try_at timestamptz NOT NULL DEFAULT now(),
    claimed_until timestamptz,
    sent_at timestamptz(3),
    parked_at timestamptz(3),
    last_failure varchar(500),
    replays integer NOT NULL DEFAULT 0,
    replayed_at timestamptz(3)
  ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02)`;

const CREATE_INBOX = `
  CREATE TABLE messaging.inbox (
    consumer varchar(40) NOT NULL,
    event_id uuid NOT NULL,
    consumed_at timestamptz(3) NOT NULL DEFAULT now(),
    CONSTRAINT inbox_pkey PRIMARY KEY (consumer, event_id)
  )`;

const CREATE_PARKED_EVENTS = `
  CREATE TABLE messaging.parked_events (
    consumer varchar(40) NOT NULL,
    event_id varchar(255) NOT NULL,
    type varchar(255) NOT NULL,
    envelope text NOT NULL,
    reason varchar(500) NOT NULL,
    parked_at timestamptz(3) NOT NULL,
    CONSTRAINT parked_events_pkey PRIMARY KEY (consumer, event_id)
  )`;
