import { storekeeper } from '../../support/tokens.js';
import { requestBytes } from '../../support/request-bytes.js';
import { LONG_NAME, malformed, NO_PRODUCT, validationFailed, type BadInput } from './bad-input.js';

const change = (what: string, ifMatch: string, status: number, code: string): BadInput => ({
  what,
  bytes: requestBytes({
    method: 'PATCH',
    path: NO_PRODUCT,
    headers: { 'if-match': ifMatch },
    body: '{"name":"Kettle"}',
  }),
  status,
  code,
});

export const preconditions: readonly BadInput[] = [
  change('a change without If-Match', '', 428, 'platform.precondition-required'),
  validationFailed(
    'a body of a route that reads none',
    { method: 'POST', path: `${NO_PRODUCT}/activate`, headers: { 'if-match': '*' }, body: '{"dryRun":true}' },
    '#/dryRun',
  ),
  change('an If-Match without quotes', '1', 400, 'platform.malformed-request'),
  change('an If-Match with one quote', '"1', 400, 'platform.malformed-request'),
  change('an If-Match with a part that is no tag', '"1", 2', 400, 'platform.malformed-request'),
  change('an If-Match of 1,025 bytes', `"${'1'.repeat(1023)}"`, 400, 'platform.malformed-request'),
  validationFailed(
    'a change of nothing',
    { method: 'PATCH', path: NO_PRODUCT, headers: { 'if-match': '*' }, body: '{}' },
    '#',
  ),
];

const noRoute = (what: string, method: string, path: string): BadInput => ({
  what,
  bytes: requestBytes({ method, path }),
  status: 404,
  code: 'platform.route-not-found',
});
const noMethod = (method: string, path: string, allow: string): BadInput => ({
  what: `${method} ${path}`,
  bytes: requestBytes({ method, path }),
  status: 405,
  code: 'platform.method-not-allowed',
  allow,
});
const tooLong = (what: string, path: string): BadInput => ({
  what,
  bytes: requestBytes({ path }),
  status: 414,
  code: 'platform.uri-too-long',
});

export const routes: readonly BadInput[] = [
  noRoute('an unknown path', 'GET', '/v2/products'),
  noRoute('an unknown path that is written to', 'POST', '/nothing/here'),
  noRoute('the root', 'GET', '/'),
  noRoute('a known path in capitals', 'GET', '/V1/products'),
  noRoute('a path of dots', 'GET', '/v1/products/../../etc/passwd'),
  noRoute('every path at once', 'OPTIONS', '*'),
  noMethod('DELETE', NO_PRODUCT, 'GET, HEAD, PATCH'),
  noMethod('PUT', '/v1/products', 'GET, HEAD, POST'),
  noMethod('TRACE', '/v1/products', 'GET, HEAD, POST'),
  noMethod('PROPFIND', '/v1/products', 'GET, HEAD, POST'),
  noMethod('GET', `${NO_PRODUCT}/activate`, 'POST'),
  tooLong('a URL of 4,097 bytes', `/v1/products?${'a'.repeat(4084)}`),
  tooLong('a parameter of the path of 400 letters', `/v1/products/${LONG_NAME}`),
];

const headersTooLarge = (what: string, headers: Record<string, string>): BadInput => ({
  what,
  bytes: requestBytes({ path: '/v1/products', headers }),
  status: 431,
  code: 'platform.headers-too-large',
});
const manyHeaders = Object.fromEntries(Array.from({ length: 1900 }, (_, index) => [`x-${index}`, 'value']));
const post = `POST /v1/products HTTP/1.1\r\nhost: store.test\r\nauthorization: ${storekeeper()}\r\ncontent-type: application/json\r\nidempotency-key: bad-input\r\n`;

/** What Node's parser refuses: none of these becomes a request. */
export const brokenHttp: readonly BadInput[] = [
  headersTooLarge('a header of 17,000 bytes', { 'x-large': 'x'.repeat(17_000) }),
  headersTooLarge('1,900 headers', manyHeaders),
  malformed('a line that is no request', 'HELLO STORE\r\n\r\n'),
  malformed('a request line without a path', 'GET\r\n\r\n'),
  malformed('an unknown method', requestBytes({ method: 'FETCH', path: '/v1/products' })),
  malformed('HTTP/3 in plain text', 'GET / HTTP/3.0\r\nhost: store.test\r\n\r\n'),
  malformed('the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  malformed('a TLS handshake', Buffer.from('16030102000100 01fc0303'.replace(' ', ''), 'hex')),
  malformed('a path in raw bytes', requestBytes({ path: '/v1/products/\u00ff' })),
  malformed('a header without a name', 'GET / HTTP/1.1\r\nhost: store.test\r\n: value\r\n\r\n'),
  malformed('a header with a NUL', 'GET / HTTP/1.1\r\nhost: store.test\r\nx-a: a\0b\r\n\r\n'),
  malformed('a header that is folded', 'GET / HTTP/1.1\r\nhost: store.test\r\nx-a : a\r\n\r\n'),
  malformed('no Host', 'GET /v1/products HTTP/1.1\r\n\r\n'),
  malformed('two Hosts', 'GET /v1/products HTTP/1.1\r\nhost: store.test\r\nhost: other.test\r\n\r\n'),
  malformed('a tunnel', 'CONNECT store.test:443 HTTP/1.1\r\nhost: store.test\r\n\r\n'),
  malformed('a length below zero', `${post}content-length: -1\r\n\r\n{}`),
  malformed('a length of letters', `${post}content-length: two\r\n\r\n{}`),
  malformed('two lengths', `${post}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`),
  malformed('a length and chunks', `${post}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`),
  malformed('an encoding that is not chunked', `${post}transfer-encoding: gzip\r\n\r\n{}`),
  malformed('a chunk whose size is no number', `${post}transfer-encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`),
  malformed('a chunk that is longer than its size', `${post}transfer-encoding: chunked\r\n\r\n2\r\n{}{}\r\n0\r\n\r\n`),
];
