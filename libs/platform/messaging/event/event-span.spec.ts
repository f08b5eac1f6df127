import { describe, expect, it, jest } from '@jest/globals';
import type { EntrySpan } from '#platform/tracing';
import { beginProcessSpan, beginPublishSpan, endProcessSpan, type EventSender } from './event-span.js';

describe('the spans of an event', () => {
  it('read nothing of it while tracing is off', () => {
    const event = {
      ...{ id: 'e1', type: 'orders.order-placed.v1', source: '/orders' },
      get traceparent(): string {
        throw new Error('nobody asks');
      },
    };

    expect([beginPublishSpan(event), beginProcessSpan(event, undefined)]).toEqual([undefined, undefined]);
  });

  it('say who has handed it over, where that is known', () => {
    const event = { id: 'e1', type: 'orders.order-placed.v1', source: '/orders', traceparent: '' };
    const systemBy = (sender: EventSender | undefined) => {
      const end = jest.fn<EntrySpan['end']>();
      const span = { traceId: '', spanId: '', sampled: true, run: <T>(work: () => T) => work(), end };
      endProcessSpan(span, event, { consumer: 'shelves', sender, outcome: 'consumed' });
      return end.mock.calls[0]?.[0]().attributes['messaging.system'];
    };

    expect([systemBy({ system: 'nats' }), systemBy(undefined)]).toEqual(['nats', undefined]);
  });
});
