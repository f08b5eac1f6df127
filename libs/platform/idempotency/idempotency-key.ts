import { IdempotencyKeyInvalid, IdempotencyKeyRequired } from '#platform/errors';

export const KEY_LENGTH_MAX = 255;

/** In quotes each of `"` and `\` takes two characters. */
const HEADER_LENGTH_MAX = 2 * KEY_LENGTH_MAX + 2;

/** Visible ASCII without the comma, by which Node joins a header that came twice, and without quotes, which open a String. */
const PLAIN = /^[\x21\x23-\x2b\x2d-\x7e]+$/;
/** A String of RFC 9651 (3.3.3), which the draft for this header asks for, of the same characters. */
const QUOTED = /^"((?:[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]|\\["\\])+)"$/;

/**
 * The key in an `Idempotency-Key` header: as it is, or in quotes, which is the same key.
 * @throws IdempotencyKeyRequired, IdempotencyKeyInvalid
 */
export function idempotencyKeyIn(header: string | string[] | undefined): string {
  if (header === undefined) throw new IdempotencyKeyRequired();
  if (typeof header !== 'string' || header.length > HEADER_LENGTH_MAX) throw new IdempotencyKeyInvalid();
  const key = PLAIN.test(header) ? header : QUOTED.exec(header)?.[1]?.replace(/\\(.)/g, '$1');
  if (key === undefined || key.length > KEY_LENGTH_MAX) throw new IdempotencyKeyInvalid();
  return key;
}
