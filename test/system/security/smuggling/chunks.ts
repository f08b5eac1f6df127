import { carrier, chunk, LAST_CHUNK, refused, SMUGGLED, type Attack } from './attack.js';

const CHUNKED = ['transfer-encoding: chunked'];
const chunks = (what: string, body: string): Attack => refused(what, carrier(CHUNKED, body));
const size = (text: string): Attack =>
  chunks(`a chunk size of ${JSON.stringify(text)}`, `${text}\r\n{}\r\n${LAST_CHUNK}${SMUGGLED}`);

export const chunkSizes: readonly Attack[] = [
  size('-2'),
  size('+2'),
  size('0x2'),
  size('0x'),
  size('x2'),
  size(''),
  size(' 2'),
  size('\t2'),
  size('2 '),
  size('2\t'),
  size('2 2'),
  size('2.0'),
  size('2_'),
  size('2\x00'),
  size('2\x0b'),
  size('10000000000000002'), // 2^64 + 2
  size('fffffffffffffffff2'),
  size('100000002'.padStart(40, 'f')),
];

/** Ends of lines that one reader takes for an end, and another one does not. */
export const chunkLines: readonly Attack[] = [
  chunks('a chunk without the end of its line', `2\r\n{}${LAST_CHUNK}${SMUGGLED}`),
  chunks('a chunk size that ends in a line feed', `2\n{}\r\n${LAST_CHUNK}${SMUGGLED}`),
  chunks('a chunk size that ends in a carriage return', `2\r{}\r\n${LAST_CHUNK}${SMUGGLED}`),
  chunks('a chunk that ends in a line feed', `2\r\n{}\n${LAST_CHUNK}${SMUGGLED}`),
  chunks('a chunk that ends in a carriage return', `2\r\n{}\r${LAST_CHUNK}${SMUGGLED}`),
  chunks('a chunk that ends in two other bytes', `2\r\n{}XX${LAST_CHUNK}${SMUGGLED}`),
  chunks('a last chunk that ends in line feeds', `${chunk('{}')}0\n\n${SMUGGLED}`),
  chunks('a last chunk of line feeds at its end', `${chunk('{}')}0\r\n\n${SMUGGLED}`),
  chunks('an extension with a line feed', `2;a\n{}\r\n${LAST_CHUNK}${SMUGGLED}`),
  chunks('an extension whose line feed begins another size', `2;a\n30\r\n{}\r\n${LAST_CHUNK}${SMUGGLED}`),
  chunks('an extension with a carriage return', `2;a\rb\r\n{}\r\n${LAST_CHUNK}${SMUGGLED}`),
  chunks('an extension with a NUL', `2;a\x00\r\n{}\r\n${LAST_CHUNK}${SMUGGLED}`),
  chunks('a quoted extension with the end of a line', `2;a="\r\n"\r\n{}\r\n${LAST_CHUNK}${SMUGGLED}`),
  chunks('a trailer with a line feed', `${chunk('{}')}0\r\nx-a: a\nx-b: b\r\n\r\n${SMUGGLED}`),
  chunks('a trailer with a space before its colon', `${chunk('{}')}0\r\nx-a : a\r\n\r\n${SMUGGLED}`),
  chunks('a trailer with a length', `${chunk('{}')}0\r\ncontent-length: 90\r\n\r\n${SMUGGLED}`),
  chunks('a trailer with a coding', `${chunk('{}')}0\r\ntransfer-encoding: chunked\r\n\r\n${SMUGGLED}`),
  {
    ...chunks('extensions beyond every bound', `2;${'a'.repeat(20_000)}\r\n{}\r\n${LAST_CHUNK}${SMUGGLED}`),
    status: 431,
    code: 'platform.headers-too-large',
  },
];
