import { customer } from '../../support/tokens.js';
import type { RequestToWrite } from '../../support/request-bytes.js';
import { requestBytes } from '../../support/request-bytes.js';
import { CANARY, malformed, validationFailed, type BadInput } from './bad-input.js';

const ID = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';
const OTHER_ID = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f8';
const authorization = customer('customer-9');

const post = (body: string): RequestToWrite => ({
  method: 'POST',
  path: '/v1/orders',
  headers: { authorization },
  body,
});
const ordered = (what: string, body: string, ...pointers: string[]): BadInput =>
  validationFailed(`an order ${what}`, post(body), ...pointers);
const lines = (what: string, text: string, ...pointers: string[]): BadInput =>
  ordered(what, `{"lines":${text}}`, ...pointers);
const quantity = (what: string, text: string): BadInput =>
  lines(`for ${what} pieces`, `[{"productId":"${ID}","quantity":${text}}]`, '#/lines/0/quantity');
const product = (what: string, text: string): BadInput =>
  lines(`of the product ${what}`, `[{"productId":${text},"quantity":1}]`, '#/lines/0/productId');
const list = (what: string, query: string, name: string): BadInput =>
  validationFailed(what, { path: `/v1/orders?${query}`, headers: { authorization } }, `#/${name}`);

const LINE = `{"productId":"${ID}","quantity":1}`;
const manyLines = (count: number): string =>
  JSON.stringify(
    Array.from({ length: count }, (_, n) => ({
      productId: `00000000-0000-8000-8000-${String(n).padStart(12, '0')}`,
      quantity: 1,
    })),
  );

const bodies: readonly BadInput[] = [
  ordered('of nothing', '{}', '#/lines'),
  ordered('for another', `{"customerId":"${CANARY}","lines":[${LINE}]}`, '#/customerId'),
  lines('of null', 'null', '#/lines'),
  lines('of an object', `{"0":${LINE}}`, '#/lines'),
  lines('of a text', `"${CANARY}"`, '#/lines'),
  lines('without lines', '[]', '#/lines'),
  lines('of 51 lines', manyLines(51), '#/lines'),
  lines('of lines that are null', '[null]', '#/lines'),
  lines('of lines that are numbers', '[1,2]', '#/lines'),
  lines('of lines that are texts', `["${CANARY}"]`, '#/lines'),
  lines('of lines that are arrays', `[[${LINE}]]`, '#/lines'),
  lines('of lines that are empty arrays', '[[]]', '#/lines'),
  lines('of an empty line', '[{}]', '#/lines/0/productId', '#/lines/0/quantity'),
  lines('with a price', `[{"productId":"${ID}","quantity":1,"unitPrice":1}]`, '#/lines/0/unitPrice'),
  lines('with an inherited name', `[{"productId":"${ID}","quantity":1,"toString":1}]`, '#/lines/0/toString'),
  lines('of a product twice', `[${LINE},${LINE.replace(ID, OTHER_ID)},${LINE}]`, '#/lines/2/productId'),
  lines('of a product twice, in capitals', `[${LINE},${LINE.replace(ID, ID.toUpperCase())}]`, '#/lines/1/productId'),
  malformed('an order with __proto__ in a line', requestBytes(post(`{"lines":[{"__proto__":{"quantity":1}}]}`))),
  malformed('an order of 101 lines', requestBytes(post(`{"lines":${manyLines(101)}}`))),
];

const fields: readonly BadInput[] = [
  quantity('0', '0'),
  quantity('-1', '-1'),
  quantity('1.5', '1.5'),
  quantity('1,001', '1001'),
  quantity('2^53', '9007199254740992'),
  quantity('1e400', '1e400'),
  quantity('"1"', '"1"'),
  quantity('null', 'null'),
  quantity('[1]', '[1]'),
  product('null', 'null'),
  product('5', '5'),
  product('kettle', '"kettle"'),
  product('with a line feed', `"${ID}\\n"`),
  product('with a NUL', `"${ID.slice(1)}\\u0000"`),
  product('in braces', `"{${ID.slice(2)}}"`),
  product('in an array', `["${ID}"]`),
  product('with an injection', `"${ID.slice(0, 20)}' OR 1=1 --"`),
];

const reads: readonly BadInput[] = [
  list('a limit of orders of 0', 'limit=0', 'limit'),
  list('a limit of orders twice', 'limit=1&limit=1', 'limit'),
  list('an unknown status of orders', `status=${CANARY}`, 'status'),
  list('a list of the orders of another', `customerId=${CANARY}`, 'customerId'),
  {
    ...list('a forged cursor of orders', `cursor=WyJhIiwiYiJd.${'A'.repeat(22)}`, 'cursor'),
    code: 'platform.cursor-invalid',
  },
  validationFailed('an order whose id is no UUID', { path: '/v1/orders/1', headers: { authorization } }, '#/id'),
  validationFailed(
    'a cancellation with a body',
    { method: 'POST', path: `/v1/orders/${ID}/cancel`, headers: { authorization }, body: '{"reason":"x"}' },
    '#/reason',
  ),
];

export const orders: readonly BadInput[] = [...bodies, ...fields, ...reads];
