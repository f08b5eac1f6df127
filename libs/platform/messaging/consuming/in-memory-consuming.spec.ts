import { describe, expect, it } from '@jest/globals';
import { aUnitOfWork } from '#platform/testing';
import { undoneBy } from '#platform/unit-of-work';
import { eventDeliveryContract } from '../testing/event-delivery.contract.js';
import { parkedEventsContract } from '../testing/parked-events.contract.js';
import { EVENTS_PARKED_MAX, InMemoryParkedEvents } from './in-memory-parked-events.js';
import { EVENTS_REMEMBERED_MAX, InMemoryInbox } from './in-memory-inbox.js';

describe('InMemoryInbox', () => {
  eventDeliveryContract(async () => {
    const effects: string[] = [];
    return {
      unitOfWork: aUnitOfWork().unitOfWork,
      inbox: new InMemoryInbox(),
      effect: async (text) => {
        effects.push(text);
        undoneBy(() => effects.splice(effects.lastIndexOf(text), 1));
      },
      effects: async () => [...effects],
    };
  });
});

describe('the memory of InMemoryInbox', () => {
  it('is bounded: the oldest is forgotten, and no other', async () => {
    const inbox = new InMemoryInbox();
    for (let n = 0; n <= EVENTS_REMEMBERED_MAX; n += 1) await inbox.enter('shelves', String(n));

    expect(await inbox.enter('shelves', '1')).toBe(false);
    expect(await inbox.enter('shelves', '0')).toBe(true);
    expect(await inbox.forget('shelves')).toBe(EVENTS_REMEMBERED_MAX);
  });
});

describe('InMemoryParkedEvents', () => {
  parkedEventsContract(async () => new InMemoryParkedEvents());

  it('is bounded: the oldest are forgotten', async () => {
    const parked = new InMemoryParkedEvents();
    for (let n = 0; n <= EVENTS_PARKED_MAX; n += 1) {
      const parkedAt = new Date(n);
      await parked.park({ consumer: 'shelves', eventId: String(n), type: 't', envelope: '', reason: '', parkedAt });
    }
    expect(await parked.count()).toBe(EVENTS_PARKED_MAX);
    expect(await parked.find('shelves', '0')).toBeNull();
  });
});
