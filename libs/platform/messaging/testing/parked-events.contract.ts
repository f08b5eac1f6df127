import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import type { ParkedEvent, ParkedEvents } from '../consuming/parked-events.js';

const aParkedEvent = (known: Partial<ParkedEvent> = {}): ParkedEvent => ({
  consumer: 'shelves',
  eventId: newId(),
  type: 'shop.thing-sold.v1',
  envelope: '{"specversion":"1.0"}',
  reason: 'TypeError: no',
  parkedAt: new Date('2026-03-04T05:06:07.089Z'),
  ...known,
});

/** What holds wherever consumers park events. */
export function parkedEventsContract(make: () => Promise<ParkedEvents>): void {
  describe('as a place for parked events', () => {
    let parked: ParkedEvents;
    beforeEach(async () => {
      parked = await make();
    });

    it('keeps one field for field', async () => {
      const event = aParkedEvent();
      await parked.park(event);
      expect(await parked.find(event.consumer, event.eventId)).toEqual(event);
    });

    it('keeps one for each consumer and event, with the reason of the last time', async () => {
      const event = aParkedEvent();
      await parked.park(event);
      await parked.park({ ...event, reason: 'RangeError: again', parkedAt: new Date('2026-03-05T00:00:00.000Z') });
      await parked.park({ ...event, consumer: 'books' });
      expect(await parked.count()).toBe(2);
      expect(await parked.find('shelves', event.eventId)).toMatchObject({ reason: 'RangeError: again' });
    });

    it('lists the oldest first, up to the limit', async () => {
      const events = [3, 1, 2].map((day) => aParkedEvent({ parkedAt: new Date(`2026-03-0${day}T00:00:00.000Z`) }));
      for (const event of events) await parked.park(event);
      expect(await parked.list(2)).toEqual([events[1], events[2]]);
    });

    it('forgets one that was seen to', async () => {
      const event = aParkedEvent();
      await parked.park(event);
      await parked.remove(event.consumer, event.eventId);
      expect(await parked.find(event.consumer, event.eventId)).toBeNull();
      expect(await parked.count()).toBe(0);
    });
  });
}
