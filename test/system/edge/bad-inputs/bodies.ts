import { requestBytes, type RequestToWrite } from '../../support/request-bytes.js';
import { LONG_NAME, malformed, validationFailed, type BadInput } from './bad-input.js';

const post = (body: string | Buffer): RequestToWrite => ({ method: 'POST', path: '/v1/products', body });
const refused = (what: string, body: string | Buffer): BadInput => malformed(what, requestBytes(post(body)));

const keys = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, index])));
const nested = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

/** Bodies that are no JSON object inside the bounds; nobody asks what is in them. */
export const unreadableBodies: readonly BadInput[] = [
  refused('JSON that is cut off', '{"sku":'),
  refused('no JSON at all', 'sku=KETTLE-900'),
  refused('an array', '[]'),
  refused('null', 'null'),
  refused('a number', '5'),
  refused('a text', '"KETTLE-900"'),
  refused('white space alone', ' \n'),
  refused('bytes that are not UTF-8', Buffer.from('{"name":"\xff\xfe"}', 'latin1')),
  refused('a surrogate in CESU-8', Buffer.from('{"name":"\xed\xa0\x80"}', 'latin1')),
  refused('a control character in a text', '{"name":"a\u0001"}'),
  refused('the key __proto__', '{"__proto__":{"admin":true}}'),
  refused('the key __proto__ in disguise', '{"\\u005f_proto__":{"admin":true}}'),
  refused('the key __proto__ deep inside', '{"price":{"__proto__":null}}'),
  refused('a constructor with a prototype', '{"constructor":{"prototype":{"admin":true}}}'),
  refused('21 levels', nested(21)),
  refused('20,000 levels', `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`),
  refused('501 keys', keys(501)),
  refused(
    '501 keys in objects of an array',
    JSON.stringify({ list: Array.from({ length: 100 }, () => ({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 })) }),
  ),
  refused('an array of 101 items', JSON.stringify({ list: Array.from({ length: 101 }, () => 1) })),
];

/** A file of 900 KB whose cost, were it read, would be minutes. */
export const HUGE_BODY = JSON.stringify(
  Object.fromEntries(Array.from({ length: 80_000 }, (_, index) => [`key${index}`, 1])),
);

const tooLarge = (what: string, body: string | Buffer): BadInput => ({
  what,
  bytes: requestBytes(post(body)),
  status: 413,
  code: 'platform.body-too-large',
});

const chunked = (body: string): Buffer =>
  requestBytes({
    ...post(Buffer.from(`${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`)),
    headers: { 'transfer-encoding': 'chunked', 'content-length': '' },
  });

export const largeBodies: readonly BadInput[] = [
  tooLarge('a body of 65,537 bytes', `{"a":"${'x'.repeat(65_537 - 8)}"}`),
  tooLarge('a body of 80,000 unknown keys', HUGE_BODY),
  { ...tooLarge('', ''), what: 'a body of 80,000 unknown keys without its length', bytes: chunked(HUGE_BODY) },
  { ...tooLarge('', ''), what: 'a length of 2^60 without a body', bytes: declared('1152921504606846976') },
  validationFailed(
    'a text of 60,000 bytes',
    post(`{"${LONG_NAME}":"${'x'.repeat(60_000)}"}`),
    ...missing(`#/${LONG_NAME.slice(0, 117)}…`),
  ),
];

function declared(length: string): Buffer {
  return requestBytes({ ...post('{}'), headers: { 'content-length': length } });
}

/** What a body without any known field misses. */
function missing(...unknown: string[]): string[] {
  return [...unknown, '#/sku', '#/name', '#/category', '#/price', '#/stock'];
}

const mediaType = (what: string, type: string): BadInput => ({
  what,
  bytes: requestBytes({ ...post('{}'), headers: { 'content-type': type } }),
  status: 415,
  code: 'platform.unsupported-media-type',
});

export const mediaTypes: readonly BadInput[] = [
  mediaType('a body of another type', 'text/plain'),
  mediaType('a body of a form', 'application/x-www-form-urlencoded'),
  mediaType('a body of a type that merely ends in json', 'application/merge-patch+json'),
  mediaType('a body of a type that is no type', ';;;'),
  mediaType('a body without a type', ''),
];
