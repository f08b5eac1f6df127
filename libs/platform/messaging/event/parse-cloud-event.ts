import type { CloudEvent } from './cloud-event.js';
import { EventUnreadable } from './event-unreadable.js';

/** A UUID, a path and a time are shorter; what is longer is no event of this house. */
const ATTRIBUTE_LENGTH_MAX = 255;
/** CloudEvents takes any text; here an id is a UUID, and the inbox has a column for nothing else. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const TEXTS = ['id', 'source', 'type', 'subject', 'time'] as const;

/**
 * Reads an event from the wire. Attributes that it doesn't know are passed over (CloudEvents 1.0, 3.3).
 * @throws EventUnreadable that names what is wrong, and tells nothing of the content
 */
export function parseCloudEvent(text: string): CloudEvent {
  const event = objectIn(text);
  if (event['specversion'] !== '1.0') throw new EventUnreadable('its specversion is not 1.0');
  for (const name of TEXTS) {
    const value = event[name];
    if (typeof value !== 'string' || value === '' || value.length > ATTRIBUTE_LENGTH_MAX) {
      throw new EventUnreadable(`${name} is no text of 1 to ${ATTRIBUTE_LENGTH_MAX} characters`);
    }
  }
  if (!UUID.test(String(event['id']))) throw new EventUnreadable('id is no UUID');
  if (Number.isNaN(Date.parse(String(event['time'])))) throw new EventUnreadable('time is no time');
  if (!isObject(event['data'])) throw new EventUnreadable('data is no object');
  const traceparent = typeof event['traceparent'] === 'string' ? event['traceparent'] : '';
  return { ...event, datacontenttype: 'application/json', traceparent } as unknown as CloudEvent;
}

function objectIn(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new EventUnreadable('it is no JSON', { cause });
  }
  if (!isObject(value)) throw new EventUnreadable('it is no object');
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
