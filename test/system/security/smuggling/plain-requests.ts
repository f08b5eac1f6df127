import { carrier, chunk, HEAD, LAST_CHUNK, understood, type Attack } from './attack.js';

const TWO = 'content-length: 2';
const lines = (what: string, ...more: string[]): Attack => understood(what, carrier([...more, TWO], '{}'));
const chunked = (what: string, coding: string, body = chunk('{}') + LAST_CHUNK): Attack =>
  understood(what, carrier([coding], body));
const CHUNKED = 'transfer-encoding: chunked';
const startLine = (what: string, text: string): Attack =>
  understood(what, `${HEAD.replace('POST /v1/products HTTP/1.1', text)}${TWO}\r\n\r\n{}`);

/** What RFC 9112 allows, and every reader cuts in the same way: answered once, and the connection serves on. */
export const plainRequests: readonly Attack[] = [
  understood('a length with zeros before it', carrier(['content-length: 002'], '{}')),
  understood('a length with spaces and tabs around it', carrier(['content-length: \t 2 \t'], '{}')),
  chunked('a coding in capitals', 'TRANSFER-ENCODING: CHUNKED'),
  chunked('a coding with spaces around it', 'transfer-encoding:   chunked  '),
  chunked('a coding with a tab before it', 'transfer-encoding:\tchunked'),
  chunked('a coding without a space before it', 'transfer-encoding:chunked'),
  chunked('a chunk size with zeros before it', CHUNKED, `0002\r\n{}\r\n${LAST_CHUNK}`),
  chunked('a chunk with an extension', CHUNKED, `2;a=b;c="d"\r\n{}\r\n${LAST_CHUNK}`),
  chunked('a last chunk of many zeros', CHUNKED, `${chunk('{}')}00000\r\n\r\n`),
  chunked('a trailer', CHUNKED, `${chunk('{}')}0\r\nx-a: a\r\n\r\n`),
  lines('a header with an underscore', 'x_a: a'),
  lines(
    'an upgrade to HTTP/2',
    'connection: upgrade, http2-settings',
    'upgrade: h2c',
    'http2-settings: AAMAAABkAAQAAP__',
  ),
  lines('an upgrade to WebSocket', 'connection: upgrade', 'upgrade: websocket'),
  lines('a coding that it would take in return', 'te: trailers, chunked'),
  lines('a length that the connection header names', 'connection: content-length'),
  startLine('a target with another host', 'POST http://other.test/v1/products HTTP/1.1'),
  startLine('two spaces before the version', 'POST /v1/products  HTTP/1.1'),
  understood('an empty line before the request line', `\r\n${carrier([TWO], '{}')}`),
  understood('HTTP/1.0 with a length', carrier(['connection: keep-alive', TWO], '{}').replace('HTTP/1.1', 'HTTP/1.0')),
];
