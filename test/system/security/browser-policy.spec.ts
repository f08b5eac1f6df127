import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RawConnection, type RawAnswer } from '../support/raw-connection.js';
import { requestBytes, type RequestToWrite } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { withoutBalancer } from '../support/topology.js';

const SHOP = 'https://shop.example.com';
const API_HEADERS = {
  'content-security-policy':
    "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';object-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

let running: RunningStore;
beforeAll(async () => {
  running = await runningStore({ env: { CORS_ORIGINS: `${SHOP},http://localhost:5173` } });
});
afterAll(() => running.stop());

async function exchange(bytes: Buffer | string): Promise<RawAnswer> {
  const connection = await RawConnection.to(running.store.url);
  connection.send(bytes);
  const answer = await connection.answer();
  connection.close();
  return answer;
}
const ask = (request: RequestToWrite): Promise<RawAnswer> => exchange(requestBytes(request));

describe('what a browser is told of an answer', () => {
  it.each<[string, () => Promise<RawAnswer>, number]>([
    ['a list', () => ask({ path: '/v1/products' }), 200],
    [
      'a refusal for want of a token',
      () => ask({ method: 'POST', path: '/v1/products', headers: { authorization: '' } }),
      401,
    ],
    ['a path that is not there', () => ask({ path: '/nowhere' }), 404],
    ['a method that is not there', () => ask({ method: 'DELETE', path: '/v1/products' }), 405],
    ['a URL that is no URL', () => ask({ path: '/%zz' }), 400],
    ...withoutBalancer<[string, () => Promise<RawAnswer>, number]>('which refuses these itself', [
      ['bytes that are no HTTP', () => exchange('\u0016\u0003\u0001\r\n\r\n'), 400],
    ]),
  ])('is that it is data, and nothing else: %s', async (_what, asked, status) => {
    const answer = await asked();

    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(API_HEADERS);
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(answer.headers).not.toHaveProperty('server');
  });

  it("lets the documents' page load its own scripts, styles and pictures, and nothing of anybody else's", async () => {
    const { status, headers } = await fetch(`${running.store.url}/docs`);
    const policy = headers.get('content-security-policy') ?? '';

    expect(status).toBe(200);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
  });

  it('forbids every cache to keep a problem', async () => {
    expect((await ask({ path: '/nowhere' })).headers['cache-control']).toBe('no-store');
  });
});

describe('a page of another origin', () => {
  const preflight = (origin: string) =>
    ask({
      method: 'OPTIONS',
      path: '/v1/products',
      headers: {
        authorization: '',
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });

  it.each([SHOP, 'http://localhost:5173'])('may read when it is on the list: %s', async (origin) => {
    const { status, headers } = await ask({ path: '/v1/products', headers: { origin } });

    expect(status).toBe(200);
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['vary']).toContain('Origin');
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    expect(headers['access-control-expose-headers']).toContain('RateLimit');
  });

  it('may ask with a token, and is told so before', async () => {
    const { status, headers } = await preflight(SHOP);

    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-methods': 'GET, HEAD, POST, PATCH',
      'access-control-max-age': '600',
    });
    expect(headers['access-control-allow-headers']).toContain('Authorization');
  });

  it.each(['https://evil.example.com', `${SHOP}.evil.example`, 'https://shop.example.com:8443', 'null'])(
    'learns nothing when it is not: %s',
    async (origin) => {
      for (const { headers } of [await ask({ path: '/v1/products', headers: { origin } }), await preflight(origin)]) {
        expect(headers).not.toHaveProperty('access-control-allow-origin');
      }
    },
  );

  it('may read why it is refused', async () => {
    const refused = await ask({ method: 'POST', path: '/v1/products', headers: { authorization: '', origin: SHOP } });

    expect(refused.status).toBe(401);
    expect(refused.headers['access-control-allow-origin']).toBe(SHOP);
  });

  it.each([
    ['/v1/products', 405],
    ['/nowhere', 404],
  ])('asks OPTIONS of %s in vain when it is no preflight: %i', async (path, status) => {
    expect((await ask({ method: 'OPTIONS', path })).status).toBe(status);
  });
});

describe('without CORS_ORIGINS', () => {
  it('no page of another origin may read anything', async () => {
    const closed = await runningStore();
    const { headers, status } = await fetch(`${closed.store.url}/v1/products`, { headers: { origin: SHOP } });
    await closed.stop();

    expect(status).toBe(200);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
});
