import { beforeEach, describe, expect, it } from '@jest/globals';
import type { UnitOfWork } from '#kernel/unit-of-work';
import { newId } from '#kernel/id';
import { newRequestContext, runInRequest, traceIdOf } from '#platform/context';
import { Deadline } from '#platform/deadline';
import type { Outbox, OutboxEntry } from '../outbox/outbox.js';
import { aDomainEvent } from './event.builder.js';

const LEASE_MS = 60_000;
const idsOf = (entries: readonly OutboxEntry[]): string[] => entries.map(({ event }) => event.id);

/** What holds for every outbox. */
export function outboxContract(make: () => Promise<{ outbox: Outbox; unitOfWork: UnitOfWork }>): void {
  describe('as an outbox', () => {
    let outbox: Outbox;
    let unitOfWork: UnitOfWork;
    beforeEach(async () => {
      ({ outbox, unitOfWork } = await make());
    });

    const keep = (...events: ReturnType<typeof aDomainEvent>[]) =>
      unitOfWork.run(async () => unitOfWork.record(events));

    it('gives an event as it was recorded, field for field', async () => {
      const traceId = '0af7651916cd43dd8448eb211c80319c';
      const event = aDomainEvent({ data: { thing: 'mug', pieces: 3, price: { amount: 990, currency: 'EUR' } } });
      await runInRequest(newRequestContext({ deadline: new Deadline(10_000), traceId }), () => keep(event));

      const [entry] = await outbox.claim(10, LEASE_MS);

      expect(entry).toEqual({
        position: expect.any(String),
        messageId: event.id,
        tries: 0,
        event: {
          specversion: '1.0',
          id: event.id,
          source: '/mainstay/shop',
          type: 'shop.thing-sold.v1',
          subject: event.subject,
          time: '2026-03-04T05:06:07.089Z',
          datacontenttype: 'application/json',
          traceparent: expect.any(String),
          data: { thing: 'mug', pieces: 3, price: { amount: 990, currency: 'EUR' } },
        },
      });
      expect(traceIdOf(entry?.event.traceparent)).toBe(traceId);
    });

    it('keeps nothing of a unit of work that failed', async () => {
      const attempt = unitOfWork.run(async () => {
        unitOfWork.record([aDomainEvent()]);
        throw new Error('no');
      });
      await expect(attempt).rejects.toThrow('no');
      expect(await outbox.claim(10, LEASE_MS)).toEqual([]);
    });

    it('gives the oldest first, up to the limit', async () => {
      const events = Array.from({ length: 5 }, () => aDomainEvent());
      await keep(...events);
      expect(idsOf(await outbox.claim(3, LEASE_MS))).toEqual(events.slice(0, 3).map(({ id }) => id));
    });

    it('gives to one relay what it has not given to another', async () => {
      await keep(...Array.from({ length: 40 }, () => aDomainEvent()));
      const claims = await Promise.all(Array.from({ length: 8 }, () => outbox.claim(10, LEASE_MS)));
      const ids = claims.flatMap(idsOf);
      expect(new Set(ids).size).toBe(ids.length);
      const rest = await outbox.claim(100, LEASE_MS);
      expect(ids.length + rest.length).toBe(40);
    });

    it('gives of each subject the first alone, and the next when that is sent', async () => {
      const subject = newId();
      const [first, second] = [aDomainEvent({ subject }), aDomainEvent({ subject })];
      await keep(first, second);

      const claimed = await outbox.claim(10, LEASE_MS);
      expect(idsOf(claimed)).toEqual([first.id]);
      expect(await outbox.claim(10, LEASE_MS)).toEqual([]);
      await outbox.markSent(claimed.map(({ position }) => position));

      expect(idsOf(await outbox.claim(10, LEASE_MS))).toEqual([second.id]);
    });

    it('gives again what was claimed by a relay that has died', async () => {
      await keep(aDomainEvent());
      await outbox.claim(10, 1);
      let again: readonly OutboxEntry[] = [];
      while (again.length === 0) again = await outbox.claim(10, 1);
      expect(again).toHaveLength(1);
    });

    it('gives again what was given back', async () => {
      await keep(aDomainEvent());
      const claimed = await outbox.claim(10, LEASE_MS);
      await outbox.giveBack(claimed.map(({ position }) => position));
      expect(idsOf(await outbox.claim(10, LEASE_MS))).toEqual(idsOf(claimed));
    });

    it('waits with what has failed, and counts it', async () => {
      await keep(aDomainEvent());
      const [entry] = await outbox.claim(10, LEASE_MS);
      const position = entry?.position ?? '';
      await outbox.markFailed([{ position, reason: 'no', retryInMs: 60_000, counts: true }]);
      expect(await outbox.claim(10, LEASE_MS)).toEqual([]);
      await outbox.markFailed([{ position, reason: 'no', retryInMs: 0, counts: true }]);
      expect(await outbox.claim(10, LEASE_MS)).toEqual([{ ...entry, tries: 2 }]);
    });

    it('waits without a count where something else was away', async () => {
      await keep(aDomainEvent());
      const [entry] = await outbox.claim(10, LEASE_MS);
      await outbox.markFailed([{ position: entry?.position ?? '', reason: 'away', retryInMs: 0, counts: false }]);
      expect(await outbox.claim(10, LEASE_MS)).toEqual([{ ...entry, tries: 0 }]);
    });

    it('holds up what comes behind a parked event of the same subject, and nothing else', async () => {
      const subject = newId();
      const [poison, behind, other] = [aDomainEvent({ subject }), aDomainEvent({ subject }), aDomainEvent()];
      await keep(poison, behind, other);
      const claimed = await outbox.claim(10, LEASE_MS);
      const position = claimed.find(({ event }) => event.id === poison.id)?.position ?? '';
      await outbox.markFailed([{ position, reason: 'poison', retryInMs: null, counts: true }]);
      await outbox.giveBack(claimed.map((entry) => entry.position));
      expect(idsOf(await outbox.claim(10, LEASE_MS))).toEqual([other.id]);
      expect(await outbox.state()).toMatchObject({ pending: 2, parked: 1 });
    });

    it('tells how much waits, and for how long', async () => {
      expect(await outbox.state()).toEqual({ pending: 0, oldestAgeSeconds: 0, parked: 0 });
      await keep(aDomainEvent({ occurredAt: new Date(Date.now() - 90_000) }), aDomainEvent({ occurredAt: new Date() }));
      const { pending, oldestAgeSeconds, parked } = await outbox.state();
      expect({ pending, parked }).toEqual({ pending: 2, parked: 0 });
      expect(oldestAgeSeconds).toBeGreaterThanOrEqual(89);
      expect(oldestAgeSeconds).toBeLessThan(120);
    });

    it('says when something was committed, and only then', async () => {
      let rings = 0;
      outbox.onCommitted(() => (rings += 1));
      await unitOfWork
        .run(async () => {
          unitOfWork.record([aDomainEvent()]);
          throw new Error('no');
        })
        .catch(() => undefined);
      expect(rings).toBe(0);
      await keep(aDomainEvent(), aDomainEvent());
      expect(rings).toBe(1);
    });
  });
}
