import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, RecordingOutbox, type TestDatabase, withConnection } from '#platform/testing';
import { PostgresUnitOfWork } from '#platform/unit-of-work';
import { eventDeliveryContract } from '../testing/event-delivery.contract.js';
import { parkedEventsContract } from '../testing/parked-events.contract.js';
import { PostgresInbox } from './postgres-inbox.js';
import { PostgresParkedEvents } from './postgres-parked-events.js';

const EFFECT = { name: 'trial.effect', text: 'INSERT INTO trial.effects (text) VALUES ($1)' };
const EFFECTS = { name: 'trial.effects', text: 'SELECT text FROM trial.effects ORDER BY n' };

describe('consuming with Postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ migrations: [join(import.meta.dirname, '../migrations')] });
    await asOwner('CREATE SCHEMA trial; CREATE TABLE trial.effects (n serial, text text)');
  });
  afterAll(() => database.drop());

  const asOwner = (sql: string) => withConnection(database.migratorUrl, (client) => client.query(sql));

  describe('PostgresInbox', () => {
    eventDeliveryContract(async () => {
      await asOwner('TRUNCATE messaging.inbox, trial.effects');
      const { postgres } = database;
      return {
        unitOfWork: new PostgresUnitOfWork(postgres, new RecordingOutbox()),
        inbox: new PostgresInbox(postgres),
        effect: async (text) => void (await postgres.query(EFFECT, [text])),
        effects: async () => (await postgres.query<{ text: string }>(EFFECTS)).rows.map(({ text }) => text),
      };
    });

    it('forgets a consumer in batches, however much it has consumed', async () => {
      await asOwner(`TRUNCATE messaging.inbox; INSERT INTO messaging.inbox (consumer, event_id)
        SELECT 'shelves', gen_random_uuid() FROM generate_series(1, 10001)`);
      expect(await new PostgresInbox(database.postgres).forget('shelves')).toBe(10_001);
    });

    it('forgets what was consumed long ago', async () => {
      await asOwner(`TRUNCATE messaging.inbox; INSERT INTO messaging.inbox (consumer, event_id, consumed_at)
        SELECT 'shelves', gen_random_uuid(), now() - n * interval '1 hour' FROM generate_series(1, 5) AS n`);
      const inbox = new PostgresInbox(database.postgres);
      expect(await inbox.sweep(9_000, 2)).toBe(2);
      expect(await inbox.sweep(9_000, 2)).toBe(1);
    });
  });

  describe('PostgresParkedEvents', () => {
    parkedEventsContract(async () => {
      await asOwner('TRUNCATE messaging.parked_events');
      return new PostgresParkedEvents(database.postgres);
    });

    it('keeps also what no text of Postgres can hold, and what is too long', async () => {
      const parked = new PostgresParkedEvents(database.postgres);
      const eventId = `\0${'x'.repeat(300)}`;
      const envelope = 'a\0b\uD800c';
      await parked.park({
        consumer: 'odd',
        eventId,
        type: '',
        envelope,
        reason: 'r'.repeat(999),
        parkedAt: new Date(0),
      });
      const [kept] = await parked.list(1);
      expect(kept).toMatchObject({ consumer: 'odd', envelope: 'a\uFFFDb\uFFFDc' });
      expect([kept?.eventId.length, kept?.reason.length]).toEqual([255, 500]);
    });
  });
});
