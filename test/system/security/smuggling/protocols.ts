import { storekeeper } from '../../support/tokens.js';
import { carrier, chunk, HEAD, LAST_CHUNK, refused, SMUGGLED, type Attack } from './attack.js';

const CHUNKS = chunk('{}') + LAST_CHUNK + SMUGGLED;
const http10 = (lines: readonly string[], rest: string): string => carrier(lines, rest).replace('HTTP/1.1', 'HTTP/1.0');
const startLine = (what: string, text: string): Attack =>
  refused(what, HEAD.replace('POST /v1/products HTTP/1.1', text) + `content-length: 2\r\n\r\n{}${SMUGGLED}`);

/** Other versions of HTTP, and other protocols, in which the same bytes end elsewhere. */
export const protocols: readonly Attack[] = [
  refused('HTTP/1.0 with chunks', http10(['transfer-encoding: chunked'], CHUNKS)),
  refused('HTTP/1.0 with chunks, kept alive', http10(['connection: keep-alive', 'transfer-encoding: chunked'], CHUNKS)),
  refused(
    'HTTP/1.0 with chunks, at an address that can not be read',
    http10(['connection: keep-alive', 'transfer-encoding: chunked'], CHUNKS).replace('/v1/products', '/v1/%zz'),
  ),
  refused('HTTP/0.9', `GET /v1/products\r\n${SMUGGLED}`),
  startLine('HTTP/1.2', 'POST /v1/products HTTP/1.2'),
  startLine('HTTP/2.0 in a request line', 'POST /v1/products HTTP/2.0'),
  startLine('HTTP/0.9 in a request line', 'POST /v1/products HTTP/0.9'),
  startLine('HTTP/01.1', 'POST /v1/products HTTP/01.1'),
  startLine('a version in small letters', 'POST /v1/products http/1.1'),
  startLine('a tab before the version', 'POST /v1/products\tHTTP/1.1'),
  startLine('a space in the target', 'POST /v1/products /x HTTP/1.1'),
  startLine('a space behind the version', 'POST /v1/products HTTP/1.1 '),
  startLine('a NUL in the target', 'POST /v1/products\x00 HTTP/1.1'),
  startLine('a space before the method', ' POST /v1/products HTTP/1.1'),
  refused('the preface of HTTP/2', `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${SMUGGLED}`),
  refused(
    'a tunnel',
    `CONNECT store.test:80 HTTP/1.1\r\nhost: store.test:80\r\nauthorization: ${storekeeper()}\r\n\r\n${SMUGGLED}`,
  ),
];
