import { CANARY, malformed, NO_PRODUCT, validationFailed, type BadInput } from './bad-input.js';
import { requestBytes } from '../../support/request-bytes.js';

const list = (what: string, query: string, ...names: string[]): BadInput =>
  validationFailed(what, { path: `/v1/products?${query}` }, ...names.map((name) => `#/${name}`));

const cursor = (what: string, text: string): BadInput => ({
  ...list(what, `cursor=${text}`, 'cursor'),
  code: 'platform.cursor-invalid',
});

export const queries: readonly BadInput[] = [
  list('a limit of 0', 'limit=0', 'limit'),
  list('a limit of 101', 'limit=101', 'limit'),
  list('a limit of -1', 'limit=-1', 'limit'),
  list('a limit of letters', `limit=${CANARY}`, 'limit'),
  list('a limit of 1e1', 'limit=1e1', 'limit'),
  list('a limit of 0x10', 'limit=0x10', 'limit'),
  list('a limit of 1.0', 'limit=1.0', 'limit'),
  list('a limit with a space', 'limit=%201', 'limit'),
  list('a limit of a thousand digits', `limit=${'9'.repeat(1000)}`, 'limit'),
  list('a limit without a value', 'limit=', 'limit'),
  list('a limit in Arabic-Indic digits', 'limit=%D9%A1', 'limit'),
  list('a limit twice', 'limit=1&limit=1', 'limit'),
  list('a category twice', 'category=audio&category=garden', 'category'),
  list('a limit in brackets', 'limit[]=1', 'limit[]'),
  list('an unknown parameter', `limits=${CANARY}`, 'limits'),
  list('a parameter without a name', '=1', ''),
  list('a parameter that every object inherits', 'constructor=1', 'constructor'),
  list('a parameter that would be a prototype', '__proto__=1', '__proto__'),
  list('an unknown status', `status=${CANARY}`, 'status'),
  list('a status in capitals', 'status=Active', 'status'),
  list('an unknown sort', `sort=stock;${CANARY}`, 'sort'),
  list('a sort with an injection', "sort=name'--", 'sort'),
  list('a category that is no slug', 'category=Coffee', 'category'),
  list('a category of 61 letters', `category=${'c'.repeat(61)}`, 'category'),
  list('a category with a NUL', `category=${CANARY}%00`, 'category'),
  list('a category that is not UTF-8', 'category=%ED%A0%80', 'category'),
  list('a cursor without a value', 'cursor=', 'cursor'),
  list('a cursor that is too long', `cursor=${'c'.repeat(2049)}`, 'cursor'),
  validationFailed('a parameter of a route that reads none', { path: `${NO_PRODUCT}?dryRun=true` }, '#/dryRun'),
  cursor('a cursor of nonsense', CANARY),
  cursor('a cursor that is unsealed', 'WyJhIiwiYiJd'),
  cursor('a cursor with a forged seal', `WyJhIiwiYiJd.${'A'.repeat(22)}`),
];

export const paths: readonly BadInput[] = [
  validationFailed('an id that is no UUID', { path: '/v1/products/1' }, '#/id'),
  validationFailed('an id with a UUID in it', { path: `${NO_PRODUCT}x` }, '#/id'),
  validationFailed('an id with a NUL', { path: '/v1/products/%00' }, '#/id'),
  validationFailed('an id with an injection', { path: "/v1/products/1'%20OR%201=1--" }, '#/id'),
  malformed('a path with a broken escape', requestBytes({ path: '/v1/products/%zz' })),
  malformed('a path with half an escape', requestBytes({ path: '/v1/products/%1' })),
  malformed('a path that is not UTF-8', requestBytes({ path: '/v1/products/%ff%fe' })),
  malformed('a path with a lone surrogate', requestBytes({ path: '/v1/products/%ed%a0%80' })),
];
