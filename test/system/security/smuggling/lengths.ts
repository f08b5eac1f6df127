import { carrier, chunk, LAST_CHUNK, refused, SMUGGLED, type Attack } from './attack.js';

/** A length that one reader takes for 2, and another one for none or for all that follows. */
const length = (...values: string[]): Attack =>
  refused(
    `a Content-Length of ${JSON.stringify(values.join('" and "'))}`,
    carrier(
      values.map((value) => `content-length: ${value}`),
      `{}${SMUGGLED}`,
    ),
  );

export const lengths: readonly Attack[] = [
  length('2', '2'),
  length('2', String(SMUGGLED.length + 2)),
  length(String(SMUGGLED.length + 2), '2'),
  length('0', '2'),
  length('2, 2'),
  length('2,2'),
  length('2 2'),
  length('+2'),
  length('-2'),
  length('2e0'),
  length('0x2'),
  length('2.0'),
  length('2;'),
  length('"2"'),
  length('٢'),
  length('2\x0b'),
  length(''),
  length('18446744073709551618'), // 2^64 + 2
  length('4294967298000000000000000000'),
];

const both = (what: string, lines: readonly string[], rest: string): Attack => refused(what, carrier(lines, rest));
const AFTER_CHUNKS = chunk('{}') + LAST_CHUNK + SMUGGLED;

/** RFC 9112, 6.1: whoever gets both ought to handle it as an error. */
export const lengthAndChunks: readonly Attack[] = [
  both(
    'a length that covers all, then chunks',
    [`content-length: ${AFTER_CHUNKS.length}`, 'transfer-encoding: chunked'],
    AFTER_CHUNKS,
  ),
  both(
    'chunks, then a length that covers all',
    ['transfer-encoding: chunked', `content-length: ${AFTER_CHUNKS.length}`],
    AFTER_CHUNKS,
  ),
  both(
    'a length up to the last chunk, and chunks that end before',
    ['content-length: 6', 'transfer-encoding: chunked'],
    LAST_CHUNK + SMUGGLED,
  ),
  both(
    'chunks that end at once, and a length up to there',
    ['transfer-encoding: chunked', 'content-length: 5'],
    LAST_CHUNK + SMUGGLED,
  ),
  both('a length of 0 and chunks', ['content-length: 0', 'transfer-encoding: chunked'], AFTER_CHUNKS),
  both('a length and chunks in a disguise', ['content-length: 2', 'transfer-encoding: xchunked'], `{}${SMUGGLED}`),
  both('a length and a coding that is none', ['content-length: 2', 'transfer-encoding: identity'], `{}${SMUGGLED}`),
  both('a length and an empty coding', ['content-length: 2', 'transfer-encoding:'], `{}${SMUGGLED}`),
];
