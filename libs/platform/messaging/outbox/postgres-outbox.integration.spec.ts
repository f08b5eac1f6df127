import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { NotificationListener } from '#platform/postgres';
import { createTestDatabase, type TestDatabase, withConnection, withMigrationRunner } from '#platform/testing';
import { PostgresUnitOfWork } from '#platform/unit-of-work';
import { CreateMessaging1795703000000 } from '../migrations/1795703000000-create-messaging.js';
import { aDomainEvent } from '../testing/event.builder.js';
import { outboxContract } from '../testing/outbox.contract.js';
import { OutboxArchive } from './outbox-archive.js';
import { OutboxBell } from './outbox-bell.js';
import { CLAIM_EVENTS } from './outbox.statements.js';
import { PostgresOutbox } from './postgres-outbox.js';

describe('PostgresOutbox', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ migrations: [join(import.meta.dirname, '../migrations')] });
  });
  afterAll(() => database.drop());

  const asOwner = (sql: string) => withConnection(database.migratorUrl, (client) => client.query(sql));

  function anOutbox() {
    const listener = new NotificationListener(database.settings);
    const bell = new OutboxBell(database.postgres, listener);
    const outbox = new PostgresOutbox(database.postgres, bell);
    return { outbox, bell, unitOfWork: new PostgresUnitOfWork(database.postgres, outbox) };
  }

  async function anEmptyOutbox() {
    await asOwner('TRUNCATE messaging.outbox');
    return anOutbox();
  }

  outboxContract(anEmptyOutbox);

  it('wakes a relay of another process soon after the commit', async () => {
    const [here, there] = [await anEmptyOutbox(), anOutbox()];
    const listens = Promise.withResolvers<void>();
    const heard = Promise.withResolvers<void>();
    let committed = false;
    there.outbox.onCommitted(() => (committed ? heard.resolve() : listens.resolve()));
    there.bell.start();
    await listens.promise; // it looks once when its connection stands

    committed = true;
    await here.unitOfWork.run(async () => here.unitOfWork.record([aDomainEvent()]));

    await heard.promise;
    await Promise.all([here.bell.stop(), there.bell.stop()]);
  });

  it('hears again after its connection was lost', async () => {
    const { bell, outbox } = await anEmptyOutbox();
    const connections = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let connected = 0;
    outbox.onCommitted(() => connections[connected++]?.resolve());
    bell.start();
    await connections[0]?.promise;
    await withConnection(database.url, (admin) =>
      admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'mainstay-listen'`),
    );
    await connections[1]?.promise;
    await bell.stop();
  });

  it('claims along its indexes, however long the history of what was sent', async () => {
    await anEmptyOutbox();
    await asOwner(`
      INSERT INTO messaging.outbox (id, type, subject, occurred_at, traceparent, data, sent_at)
      SELECT gen_random_uuid(), 'shop.thing-sold.v1', gen_random_uuid(), now(), '', '{}', now()
      FROM generate_series(1, 5000)`);
    await asOwner('ANALYZE messaging.outbox');
    const plan = await asOwner(`EXPLAIN ${CLAIM_EVENTS.text.replace('$1', '100').replace('$2', '1000')}`);
    const text = JSON.stringify(plan.rows);
    expect(text).toContain('outbox_unsent_idx');
    expect(text).not.toContain('Seq Scan on outbox candidate');
  });

  it('forgets what was sent long ago, in batches, and nothing else', async () => {
    const { outbox, unitOfWork } = await anEmptyOutbox();
    await unitOfWork.run(async () => unitOfWork.record([aDomainEvent(), aDomainEvent(), aDomainEvent()]));
    const claimed = await outbox.claim(10, 60_000);
    await outbox.markSent(claimed.slice(0, 2).map(({ position }) => position));
    await asOwner(`UPDATE messaging.outbox SET sent_at = now() - interval '2 hours' WHERE sent_at IS NOT NULL`);
    expect(await outbox.sweep(3 * 3_600, 10)).toBe(0);
    expect(await outbox.sweep(3_600, 1)).toBe(1);
    expect(await outbox.sweep(3_600, 10)).toBe(1);
    expect(await outbox.state()).toMatchObject({ pending: 1 });
  });

  it('goes, and comes back, by its migration', async () => {
    const migration = new CreateMessaging1795703000000();
    await withMigrationRunner(database, async (runner) => {
      await runner.startTransaction();
      await migration.down(runner);
      await migration.up(runner);
      await runner.commitTransaction();
    });
    expect(await anOutbox().outbox.claim(1, 1)).toEqual([]);
  });

  describe('its archive', () => {
    async function aHistory() {
      const { outbox, unitOfWork } = await anEmptyOutbox();
      const [sent, parked, pending] = [
        aDomainEvent({ type: 'shop.opened.v1', occurredAt: new Date('2026-01-01T00:00:00Z') }),
        aDomainEvent({ type: 'shop.thing-sold.v1' }),
        aDomainEvent({ type: 'shop.thing-sold.v2' }),
      ] as const;
      await unitOfWork.run(async () => unitOfWork.record([sent, parked, pending]));
      const [first, second] = await outbox.claim(2, 60_000);
      await outbox.markSent([first?.position ?? '']);
      await outbox.markFailed([{ position: second?.position ?? '', reason: 'poison', retryInMs: null, counts: true }]);
      return { outbox, archive: new OutboxArchive(database.postgres), sent, parked, pending };
    }

    it('lists what there is, with what has become of it', async () => {
      const { archive, sent, parked, pending } = await aHistory();
      const all = await archive.list({ limit: 10 });
      expect(all.map(({ id, condition }) => [id, condition])).toEqual([
        [sent.id, 'sent'],
        [parked.id, 'parked'],
        [pending.id, 'pending'],
      ]);
      expect(all[1]).toEqual({
        id: parked.id,
        type: 'shop.thing-sold.v1',
        subject: parked.subject,
        occurredAt: parked.occurredAt,
        condition: 'parked',
        tries: 1,
        lastFailure: 'poison',
      });
    });

    it.each([
      [{ condition: 'parked' as const }, ['parked']],
      [{ type: 'shop.thing-sold' }, ['parked', 'pending']],
      [{ type: 'shop.thing-sold.v2' }, ['pending']],
      [{ type: 'shop.thing' }, []],
      [{ type: 'shop' }, ['sent', 'parked', 'pending']],
      [{ type: 'sho' }, []],
      [{ condition: 'sent' as const }, ['sent']],
      [{ condition: 'pending' as const }, ['pending']],
      [{ until: new Date('2026-02-01T00:00:00Z') }, ['sent']],
      [{ since: new Date('2026-02-01T00:00:00Z') }, ['parked', 'pending']],
    ])('lists by %j', async (selection, conditions) => {
      const { archive } = await aHistory();
      const found = await archive.list({ ...selection, limit: 10 });
      expect(found.map(({ condition }) => condition)).toEqual(conditions);
    });

    it('lets a parked event be sent again, as one that the broker has not seen', async () => {
      const { archive, outbox, parked } = await aHistory();
      expect(await archive.replay([parked.id])).toBe(1);
      const [entry] = (await outbox.claim(10, 60_000)).filter(({ event }) => event.id === parked.id);
      expect(entry).toMatchObject({ messageId: `${parked.id}.1`, tries: 0 });
    });

    it('replays all that is parked', async () => {
      const { archive } = await aHistory();
      expect(await archive.replayParked()).toBe(1);
      expect((await archive.list({ limit: 10 })).map(({ condition }) => condition)).toEqual([
        'sent',
        'pending',
        'pending',
      ]);
    });

    it('replays what was sent, of one family, since a time', async () => {
      const { archive } = await aHistory();
      expect(await archive.replaySent({ type: 'shop.thing-sold' })).toBe(0);
      expect(await archive.replaySent({ type: 'shop.opened', since: new Date('2026-01-02T00:00:00Z') })).toBe(0);
      expect(await archive.replaySent({ type: 'shop.opened', since: new Date('2026-01-01T00:00:00Z') })).toBe(1);
    });

    it('replays a long history in stretches, whatever gaps it has', async () => {
      const { archive, outbox } = await aHistory();
      await asOwner(`
        INSERT INTO messaging.outbox (id, type, subject, occurred_at, traceparent, data, sent_at)
        SELECT gen_random_uuid(), 'shop.closed.v1', gen_random_uuid(), now(), '', '{}', now()
        FROM generate_series(1, 25000)`);
      await asOwner("DELETE FROM messaging.outbox WHERE type = 'shop.closed.v1' AND position % 3 = 0");
      const { rows } = await asOwner(
        "SELECT count(*)::int AS kept FROM messaging.outbox WHERE type = 'shop.closed.v1'",
      );
      expect(await archive.replaySent({ type: 'shop.closed' })).toBe((rows[0] as { kept: number }).kept);
      expect((await outbox.state()).pending).toBe((rows[0] as { kept: number }).kept + 1);
    });

    it('counts the age of a replayed event from its replay', async () => {
      const { archive, outbox, sent, pending, parked } = await aHistory();
      await asOwner(`DELETE FROM messaging.outbox WHERE id IN ('${pending.id}', '${parked.id}')`);
      await archive.replay([sent.id]);
      const { pending: waiting, oldestAgeSeconds } = await outbox.state();
      expect(waiting).toBe(1);
      expect(oldestAgeSeconds).toBeLessThan(60);
    });

    it('drops what is parked, and nothing that still has to be told', async () => {
      const { archive, sent, parked, pending } = await aHistory();
      expect(await archive.drop([sent.id, parked.id, pending.id])).toBe(1);
      expect((await archive.list({ limit: 10 })).map(({ id }) => id)).toEqual([sent.id, pending.id]);
    });
  });
});
