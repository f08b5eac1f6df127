import { NO_PRODUCT } from '../../edge/bad-inputs/index.js';
import { requestBytes, type RequestToWrite } from '../../support/request-bytes.js';
import { aNewProduct } from '../../support/store-client.js';
import type { Canaries } from './canaries.js';

/** One request and the status that it gets. */
export type Visit = readonly [status: number, bytes: Buffer | string];

type Headers = Readonly<Record<string, string>>;

/** A visit for each kind of refusal, with a secret in each place that has room for one. */
export function refusedVisits(canaries: Canaries, secrets: Headers, taken: { sku: string; path: string }): Visit[] {
  const visit = (status: number, { headers, ...request }: RequestToWrite): Visit => [
    status,
    requestBytes({ ...request, headers: { ...secrets, ...headers } }),
  ];
  let keys = 0;
  const key = (): Headers => ({ 'idempotency-key': canaries.at(`Idempotency-Key ${(keys += 1)}`) });
  const write = (status: number, path: string, body: object | string, headers: Headers = {}): Visit => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const creates = path === '/v1/products';
    const all = { ...(creates && key()), ...headers };
    return visit(status, { method: creates ? 'POST' : 'PATCH', path, body: text, headers: all });
  };
  return [
    visit(400, { path: `/v1/products?voucher=${canaries.at('a query value')}` }),
    visit(400, { path: `/v1/products?${canaries.at('a secret where a name belongs')}.${'x'.repeat(40)}` }),
    visit(400, { path: `/v1/products?limit=1&cursor=${canaries.at('a cursor')}` }),
    write(400, '/v1/products', aNewProduct({ name: '', description: canaries.at('a refused body value') })),
    write(400, '/v1/products', { voucher: canaries.at('the value of an unknown field') }),
    write(400, '/v1/products', `{"sku":"${canaries.at('a body that is cut off')}`),
    write(400, '/v1/products', canaries.at('a body that is no JSON')),
    write(
      400,
      taken.path,
      { name: canaries.at('a body before a bad If-Match') },
      { 'if-match': canaries.at('a bad If-Match') },
    ),
    visit(404, { path: `/nowhere?token=${canaries.at('a query value of no route')}` }),
    write(404, NO_PRODUCT, { name: canaries.at('a body for no product') }, { 'if-match': '*' }),
    visit(405, { method: 'DELETE', path: `${NO_PRODUCT}?token=${canaries.at('a query value of a wrong method')}` }),
    write(400, '/v1/products', aNewProduct(), { 'idempotency-key': `${canaries.at('a key with a space')} x` }),
    write(409, '/v1/products', aNewProduct({ sku: taken.sku, name: canaries.at('a body in conflict') })),
    write(
      412,
      taken.path,
      { name: canaries.at('a stale body') },
      { 'if-match': `"${canaries.at('a stale If-Match')}"` },
    ),
    write(413, '/v1/products', canaries.at('a large body').padEnd(70_000, 'x')),
    visit(414, { path: `/v1/products?${canaries.at('a long query').padEnd(5_000, 'x')}` }),
    write(415, '/v1/products', canaries.at('a body of another type'), { 'content-type': 'text/plain' }),
    write(428, taken.path, { name: canaries.at('a body without If-Match') }),
    visit(431, { path: '/v1/products', headers: { 'x-large': canaries.at('a large header').padEnd(20_000, 'x') } }),
    [400, brokenBody({ ...secrets, ...key(), 'content-type': 'application/json' }, canaries.at('a malformed chunk'))],
    ...brokenVisits(canaries),
  ];
}

function brokenBody(headers: Headers, chunk: string, path = '/v1/products'): string {
  const lines = Object.entries({ host: 'store.test', ...headers, 'transfer-encoding': 'chunked' });
  return `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${chunk}\r\n`;
}

/** What never becomes a request, or names a host with a password. */
const brokenVisits = (canaries: Canaries): Visit[] => [
  [400, `GET /${canaries.at('a malformed request line')} HTTP\r\n\r\n`],
  [400, `HELLO ${canaries.at('a line that is no request')}\r\n\r\n`],
  [400, `GET / HTTP/1.1\r\nhost: store.test\r\nx-a : ${canaries.at('a malformed header')}\r\n\r\n`],
  [400, `CONNECT clerk:${canaries.at('the password of a tunnel')}@store.test:80 HTTP/1.1\r\nhost: a\r\n\r\n`],
  // Nothing is there, whatever comes behind the headers.
  [404, brokenBody({}, canaries.at('a malformed chunk for no route'), '/')],
  [404, requestBytes({ path: `http://clerk:${canaries.at('the password of a target')}@store.test/nowhere` })],
];
