import { carrier, chunk, LAST_CHUNK, refused, SMUGGLED, type Attack } from './attack.js';

const CHUNKS = chunk('{}') + LAST_CHUNK + SMUGGLED;

/** Header lines by which one reader sees chunks, and another one does not. */
const coded = (what: string, ...lines: string[]): Attack => refused(what, carrier(lines, CHUNKS));
const coding = (value: string): Attack => coded(`a coding of ${JSON.stringify(value)}`, `transfer-encoding: ${value}`);

export const codings: readonly Attack[] = [
  coding('xchunked'),
  coding('chunkedx'),
  coding('chunked, identity'),
  coding('chunked, chunked'),
  coding('chunked, gzip'),
  coding('gzip, chunked'),
  coding('identity, chunked'),
  coding('identity'),
  coding('chunked;q=1'),
  coding('"chunked"'),
  coding("'chunked'"),
  coding('[chunked]'),
  coding('chunk ed'),
  coding('chunked,'),
  coding(',chunked'),
  coding('chunked\t'),
  coding('\x0bchunked'),
  coding('chunked\x0b'),
  coding('\x0cchunked'),
  coding('\x00chunked'),
  coding('chun\u00eddked'),
  coding('\u00a0chunked'),
  coding(''),
  coded('two codings, chunked last', 'transfer-encoding: identity', 'transfer-encoding: chunked'),
  coded('two codings, chunked first', 'transfer-encoding: chunked', 'transfer-encoding: identity'),
  coded('the coding twice', 'transfer-encoding: chunked', 'transfer-encoding: chunked'),
  coded('a coding twice, once in a disguise', 'transfer-encoding: chunked', 'transfer-encoding: cow'),
  coded('a space before the colon', 'transfer-encoding : chunked'),
  coded('a tab before the colon', 'transfer-encoding\t: chunked'),
  coded('a vertical tab before the colon', 'transfer-encoding\x0b: chunked'),
  coded('a space before the name', ' transfer-encoding: chunked'),
  coded('a NUL in the name', 'transfer\x00-encoding: chunked'),
  coded('a line feed before the name', 'x-a: a\ntransfer-encoding: chunked'),
  coded('a carriage return before the name', 'x-a: a\rtransfer-encoding: chunked'),
  coded('a carriage return behind the name', 'transfer-encoding\r: chunked'),
  coded('a folded line', 'transfer-encoding:', ' chunked'),
  coded('a line that is folded with a tab', 'transfer-encoding:', '\tchunked'),
  coded('a folded line of another header', 'x-a: a', ' transfer-encoding: chunked'),
  coded('a folded second coding', 'transfer-encoding: identity,', ' chunked'),
];
