import { randomUUID } from 'node:crypto';

/** Sane: short, printable and harmless in a log line, a header and a URL. */
const SANE_REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** The caller's `x-request-id` where it is sane, else a new one: a hostile value never reaches a log. */
export const requestIdFrom = (header: string | string[] | undefined): string =>
  typeof header === 'string' && SANE_REQUEST_ID.test(header) ? header : randomUUID();

/** A new W3C trace id: the 122 random bits of a UUID are what we have at the lowest price. */
export const newTraceId = (): string => randomUUID().replaceAll('-', '');
