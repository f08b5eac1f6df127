import { randomFillSync, randomUUID } from 'node:crypto';

/** Sane: short, printable and harmless in a log line, a header and a URL. */
const SANE_REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** The caller's `x-request-id` where it is sane, else a new one: a hostile value never reaches a log. */
export const requestIdFrom = (header: string | string[] | undefined): string =>
  typeof header === 'string' && SANE_REQUEST_ID.test(header) ? header : randomUUID();

/** Random bytes are asked for so many at once: to ask costs ten times as much as to use them. */
const POOL_BYTES = 4_096;
const TRACE_ID_BYTES = 16;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/** A new W3C trace id, random in all of its bits (Trace Context 2, 3.2.2.3). */
export function newTraceId(): string {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += TRACE_ID_BYTES;
  return pool.toString('hex', used - TRACE_ID_BYTES, used);
}
