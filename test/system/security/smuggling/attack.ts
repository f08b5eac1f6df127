import { storekeeper } from '../../support/tokens.js';

/** Bytes that two readers may cut into requests in two ways, and how the one that matters has to. */
export interface Attack {
  readonly what: string;
  readonly bytes: Buffer | string;
  /** Of the one answer. */
  readonly status: number;
  readonly code: string;
}

/** What the smuggled request is known by, wherever it turns up. */
export const CANARY = 'smuggled-request';

/** A whole request, that must never be taken for one. */
export const SMUGGLED = `GET /v1/products?smuggled=${CANARY} HTTP/1.1\r\nhost: store.test\r\nx-request-id: ${CANARY}\r\n\r\n`;

/** Of somebody who may write: without a token, the 401 would come first and hide what becomes of the framing. */
export const HEAD = [
  'POST /v1/products HTTP/1.1',
  'host: store.test',
  `authorization: ${storekeeper()}`,
  'content-type: application/json',
  'idempotency-key: smuggling', // the same for all: a body that is refused leaves nothing behind
  '',
].join('\r\n');

export const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
export const LAST_CHUNK = '0\r\n\r\n';

/** The head with these lines more, an empty line, and what follows. */
export const carrier = (lines: readonly string[], rest: string): string =>
  `${HEAD}${lines.map((line) => `${line}\r\n`).join('')}\r\n${rest}`;

/** Framing that is not believed, whatever is behind it: one refusal, and the end of the connection. */
export const refused = (what: string, bytes: Buffer | string): Attack => ({
  what,
  bytes,
  status: 400,
  code: 'platform.malformed-request',
});

/** Framing that only looks odd: an empty product comes through it, and gets the answer that such a product gets. */
export const understood = (what: string, bytes: Buffer | string): Attack => ({
  what,
  bytes,
  status: 400,
  code: 'platform.validation-failed',
});
