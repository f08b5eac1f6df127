/** One field of a message on the wire: https://protobuf.dev/programming-guides/encoding/ */
export interface Field {
  readonly number: number;
  /** Of a varint and of fixed 64 bits. */
  readonly integer: bigint;
  /** Of what has a length: a text, bytes, a message. */
  readonly bytes: Buffer;
}

const NOTHING = Buffer.alloc(0);
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** @throws RangeError where the message ends too early, Error where it has a type that is no more in use */
export function fieldsOf(message: Buffer): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at < message.length;) {
    const [tag, afterTag] = varintAt(message, at);
    const { field, next } = fieldAt(message, afterTag, Number(tag >> 3n), Number(tag & 7n));
    fields.push(field);
    at = next;
  }
  return fields;
}

function fieldAt(message: Buffer, at: number, number: number, type: number): { field: Field; next: number } {
  switch (type) {
    case VARINT: {
      const [integer, next] = varintAt(message, at);
      return { field: { number, integer, bytes: NOTHING }, next };
    }
    case FIXED_64: {
      const bytes = message.subarray(at, at + 8);
      return { field: { number, integer: message.readBigUInt64LE(at), bytes }, next: at + 8 };
    }
    case LENGTH_DELIMITED: {
      const [length, from] = varintAt(message, at);
      const next = from + Number(length);
      return { field: { number, integer: 0n, bytes: message.subarray(from, next) }, next };
    }
    case FIXED_32:
      return { field: { number, integer: BigInt(message.readUInt32LE(at)), bytes: NOTHING }, next: at + 4 };
    default:
      throw new Error(`There is no wire type ${type}.`);
  }
}

function varintAt(message: Buffer, at: number): [value: bigint, next: number] {
  let value = 0n;
  for (let index = at, shift = 0n; ; index += 1, shift += 7n) {
    const byte = message.readUInt8(index);
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return [value, index + 1];
  }
}
