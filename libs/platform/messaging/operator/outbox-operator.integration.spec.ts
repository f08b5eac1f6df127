import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { NotificationListener } from '#platform/postgres';
import { createTestDatabase, type TestDatabase, withConnection } from '#platform/testing';
import { PostgresUnitOfWork } from '#platform/unit-of-work';
import type { DeliveryResult } from '../consuming/event-delivery.js';
import { PostgresParkedEvents } from '../consuming/postgres-parked-events.js';
import { Subscription } from '../consuming/subscription.js';
import type { Subscriptions } from '../consuming/subscriptions.js';
import type { CloudEvent } from '../event/cloud-event.js';
import { OutboxArchive } from '../outbox/outbox-archive.js';
import { OutboxBell } from '../outbox/outbox-bell.js';
import { PostgresOutbox } from '../outbox/postgres-outbox.js';
import { aCloudEvent, aDomainEvent } from '../testing/event.builder.js';
import { OutboxOperator } from './outbox-operator.js';

describe('the operator of the outbox', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ migrations: [join(import.meta.dirname, '../migrations')] });
  });
  afterAll(() => database.drop());
  beforeEach(() =>
    withConnection(database.migratorUrl, (owner) => owner.query('TRUNCATE messaging.outbox, messaging.parked_events')),
  );

  function anOperator() {
    const { postgres, settings } = database;
    const parkedEvents = new PostgresParkedEvents(postgres);
    const delivered: string[] = [];
    let failure: Error | undefined;
    const delivery = {
      deliver: (_to: Subscription, { id }: CloudEvent): Promise<DeliveryResult> => {
        if (failure) return Promise.reject(failure);
        delivered.push(id);
        return Promise.resolve('consumed');
      },
    };
    const subscriptions = { all: [new Subscription('shelves', [])] } as unknown as Subscriptions;
    const operator = new OutboxOperator(new OutboxArchive(postgres), parkedEvents, subscriptions, delivery);
    const outbox = new PostgresOutbox(postgres, new OutboxBell(postgres, new NotificationListener(settings)));
    const say = async (words: string): Promise<string[]> => {
      const lines: string[] = [];
      await operator.run(words.split(' '), (line) => lines.push(line));
      return lines;
    };
    return { parkedEvents, delivered, outbox, say, fails: (error?: Error) => void (failure = error) };
  }

  async function withParked() {
    const operator = anOperator();
    const { outbox, parkedEvents } = operator;
    const unitOfWork = new PostgresUnitOfWork(database.postgres, outbox);
    const [poison, pending] = [aDomainEvent(), aDomainEvent()];
    await unitOfWork.run(async () => unitOfWork.record([poison, pending]));
    const [entry] = await outbox.claim(1, 60_000);
    await outbox.markFailed([
      { position: entry?.position ?? '', reason: 'TypeError: no', retryInMs: null, counts: true },
    ]);
    const event = aCloudEvent();
    const envelope = JSON.stringify(event);
    const parkedAt = new Date('2026-03-04T05:06:07.089Z');
    await parkedEvents.park({
      consumer: 'shelves',
      eventId: event.id,
      type: event.type,
      envelope,
      reason: 'RangeError: full',
      parkedAt,
    });
    return { ...operator, poison, pending, event };
  }

  it('says that there is nothing', async () => {
    expect(await anOperator().say('list')).toEqual(['none']);
  });

  it('lists what waits and what was given up, here and at consumers, with the reasons', async () => {
    const { say, poison, pending, event } = await withParked();
    const when = '2026-03-04T05:06:07.089Z';
    expect(await say('list')).toEqual([
      `parked  shop.thing-sold.v1  ${poison.id}  of ${poison.subject}  ${when}  1 tries, TypeError: no`,
      `pending shop.thing-sold.v1  ${pending.id}  of ${pending.subject}  ${when}`,
      `parked  shop.thing-sold.v1  shelves/${event.id}  ${when}  RangeError: full`,
    ]);
    expect(await say('list --condition pending')).toHaveLength(1);
    expect(await say('list --condition parked --limit 1')).toContain('... at most 1 are shown: see --limit');
  });

  it('lets one of the outbox be sent again', async () => {
    const { say, poison, outbox } = await withParked();
    expect(await say(`replay ${poison.id}`)).toEqual(['1 event of the outbox will be sent again']);
    expect((await outbox.state()).parked).toBe(0);
  });

  it('says when something is not there to be sent again', async () => {
    const { say, pending } = await withParked();
    await expect(say(`replay ${pending.id} ${newId()}`)).rejects.toThrow('2 of them are pending, or not there');
    await expect(say(`replay shelves/${newId()}`)).rejects.toThrow(/shelves has parked no/);
  });

  it('delivers again what a consumer has parked, and forgets it when that went well', async () => {
    const { say, event, delivered, parkedEvents } = await withParked();
    expect(await say(`replay shelves/${event.id}`)).toEqual([`shelves/${event.id}: consumed`]);
    expect(delivered).toEqual([event.id]);
    expect(await parkedEvents.count()).toBe(0);
  });

  it('keeps parked what fails again, and says why', async () => {
    const { say, event, fails, parkedEvents } = await withParked();
    fails(new RangeError('still full'));
    const lines: string[] = [];
    await expect(say(`replay shelves/${event.id}`).then((printed) => lines.push(...printed))).rejects.toThrow(
      '1 event failed again, still parked',
    );
    expect(await parkedEvents.count()).toBe(1);
  });

  it('replays all that is parked, wherever', async () => {
    const { say, event, outbox } = await withParked();
    expect(await say('replay --parked')).toEqual([
      '1 event of the outbox will be sent again',
      `shelves/${event.id}: consumed`,
    ]);
    expect((await outbox.state()).parked).toBe(0);
  });

  it('replays history of a family', async () => {
    const { say, outbox } = await withParked();
    const claimed = await outbox.claim(10, 60_000);
    await outbox.markSent(claimed.map(({ position }) => position));
    expect(await say('replay --sent --type shop.thing-sold')).toEqual(['1 event will be sent again']);
  });

  it('drops what is parked, and nothing that will still be told', async () => {
    const { say, poison, pending, event, outbox } = await withParked();
    expect(await say(`drop ${poison.id} shelves/${event.id}`)).toEqual(['2 events dropped']);
    await expect(say(`drop ${pending.id}`)).rejects.toThrow(/what is not parked is not dropped/);
    expect(await outbox.state()).toMatchObject({ pending: 1, parked: 0 });
  });
});
