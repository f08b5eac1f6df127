import type { DomainEvent } from '#kernel/domain-event';
import { newId } from '#kernel/id';
import { newTraceId, newTraceParent } from '#platform/context';
import type { CloudEvent } from '../event/cloud-event.js';

/** An event as an aggregate records it. */
export const aDomainEvent = (known: Partial<DomainEvent> = {}): DomainEvent => ({
  id: newId(),
  type: 'shop.thing-sold.v1',
  subject: newId(),
  occurredAt: new Date('2026-03-04T05:06:07.089Z'),
  data: { thing: 'mug', pieces: 3 },
  ...known,
});

/** An event as it comes from a broker. */
export const aCloudEvent = (known: Partial<CloudEvent> = {}): CloudEvent => ({
  specversion: '1.0',
  id: newId(),
  source: '/mainstay/shop',
  type: 'shop.thing-sold.v1',
  subject: newId(),
  time: '2026-03-04T05:06:07.089Z',
  datacontenttype: 'application/json',
  traceparent: newTraceParent(newTraceId()),
  data: { thing: 'mug', pieces: 3 },
  ...known,
});
