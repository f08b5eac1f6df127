/** A place in the write-ahead log, in bytes from its beginning: Postgres' pg_lsn as a number. */
export type Lsn = bigint;

/** After everything that a log can hold: no replica has ever replayed as far. */
export const LSN_MAX: Lsn = 2n ** 64n - 1n;

const LSN_TEXT = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i;
const LOW_BITS = 32n;

/**
 * Reads `16/B374D848`: two halves of 32 bits, in hexadecimal. As text they can't be compared: leading zeros are left out.
 * @throws Error for anything else
 */
export function parseLsn(text: unknown): Lsn {
  const [, high, low] = typeof text === 'string' ? (LSN_TEXT.exec(text) ?? []) : [];
  if (high === undefined || low === undefined) throw new Error('Postgres gave no place in its log.');
  return (BigInt(`0x${high}`) << LOW_BITS) | BigInt(`0x${low}`);
}

export const laterOf = (one: Lsn, other: Lsn): Lsn => (one > other ? one : other);
