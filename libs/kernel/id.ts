import { createHash, randomUUIDv7 } from 'node:crypto';

/** A new UUID, version 7 (RFC 9562): sorted by time, so that an index on it grows at one end. */
export const newId = (): string => randomUUIDv7();

/**
 * The id that a name has on every machine: a name-based UUID, version 8 (RFC 9562, 5.8), of the first 128 bits of the
 * name's SHA-256. Two modules that agree on a name agree on the id without knowing each other.
 */
export function stableId(name: string): string {
  const bytes = createHash('sha256').update(name).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6); // version 8
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8); // the variant of RFC 9562
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
