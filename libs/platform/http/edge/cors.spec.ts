import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EdgeService } from '../testing/edge.service.js';
import { RoomsController } from '../testing/rooms.controller.js';

const SHOP = 'https://shop.test';
const ADMIN = 'https://admin.test:8443';
const STRANGER = 'https://evil.test';

let edge: EdgeService;
let without: EdgeService;
beforeAll(async () => {
  edge = await EdgeService.of([RoomsController], { CORS_ORIGINS: `${SHOP},${ADMIN}`, RATE_LIMIT_MAX: '50' });
  without = await EdgeService.of([RoomsController]);
});
afterAll(async () => {
  await edge.close();
  await without.close();
});

const get = (url: string, origin: string | undefined, service = edge) =>
  service.send(url, { headers: origin === undefined ? {} : { origin } });
const preflight = (url: string, origin: string, service = edge) =>
  service.send(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,x-custom',
    },
  });
const corsHeadersOf = ({ headers }: { headers: object }): string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('a listed origin', () => {
  it.each([SHOP, ADMIN])('may read an answer: %s', async (origin) => {
    const { statusCode, headers } = await get('/open', origin);

    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After, x-request-id',
      vary: 'Origin',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
  });

  it.each([
    [401, '/closed'],
    [404, '/nothing'],
    [500, '/mistake'],
  ])('may read a refusal: %i', async (status, url) => {
    const { statusCode, headers } = await get(url, SHOP);

    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({ 'access-control-allow-origin': SHOP, vary: 'Origin' });
  });

  it('may read that it asks too often', async () => {
    const ask = () => edge.send('/open-searches', { headers: { origin: SHOP }, remoteAddress: '192.0.2.7' });
    await ask();

    const { statusCode, headers } = await ask();

    expect(statusCode).toBe(429);
    expect(headers).toMatchObject({ 'access-control-allow-origin': SHOP, vary: 'Origin' });
  });

  it.each(['/open', '/closed', '/shelves', '/nothing'])(
    'is told before it asks what it may do, without a token: %s',
    async (url) => {
      const { statusCode, headers, body } = await preflight(url, SHOP);

      expect(statusCode).toBe(204);
      expect(body).toBe('');
      expect(headers).toMatchObject({
        'access-control-allow-origin': SHOP,
        'access-control-allow-methods': 'GET, HEAD, POST, PATCH',
        'access-control-allow-headers':
          'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, traceparent, x-request-id',
        'access-control-max-age': '600',
        vary: 'Origin',
      });
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );
});

describe('any other origin', () => {
  const OTHERS = [
    STRANGER,
    'https://shop.test.evil.test',
    'https://evil-shop.test',
    'https://SHOP.test',
    'http://shop.test',
    'https://shop.test:443',
    'https://shop.test/',
    'https://admin.test',
    'null',
    '*',
  ];

  it.each(OTHERS)('is answered, and gets no leave to read it: %s', async (origin) => {
    const response = await get('/open', origin);

    expect(response.statusCode).toBe(200);
    expect(corsHeadersOf(response)).toEqual([]);
    expect(response.headers.vary).toBe('Origin'); // a cache must not hand this answer to a listed one
  });

  it.each(OTHERS)('is not told what there is to do: %s', async (origin) => {
    const response = await preflight('/closed', origin);

    expect(response.statusCode).toBe(405);
    expect(response.headers['content-type']).toMatch('application/problem+json');
    expect(corsHeadersOf(response)).toEqual([]);
  });

  it('is what a request without any is', async () => {
    const response = await get('/open', undefined);

    expect(response.statusCode).toBe(200);
    expect(corsHeadersOf(response)).toEqual([]);
    expect(response.headers.vary).toBe('Origin');
  });
});

describe('an OPTIONS that is no preflight', () => {
  it.each([
    ['of nobody', {}],
    ['of a listed origin', { origin: SHOP }],
    ['of another origin', { origin: STRANGER }],
    ['of nobody, about a method', { 'access-control-request-method': 'GET' }],
  ])('is answered as ever: %s', async (_who, headers) => {
    const known = await edge.send('/closed', { method: 'OPTIONS', headers });
    const unknown = await edge.send('/nothing', { method: 'OPTIONS', headers });

    expect(known).toMatchObject({ statusCode: 405 });
    expect(known.headers).toMatchObject({ allow: 'GET, HEAD' });
    expect(known.json()).toMatchObject({ code: 'platform.method-not-allowed' });
    expect(unknown).toMatchObject({ statusCode: 404 });
    expect(unknown.json()).toMatchObject({ code: 'platform.route-not-found' });
  });
});

describe('without a list', () => {
  it('nobody is told anything', async () => {
    for (const response of [
      await get('/open', SHOP, without),
      await get('/closed', SHOP, without),
      await preflight('/open', SHOP, without),
    ]) {
      expect(corsHeadersOf(response)).toEqual([]);
      expect(response.headers).not.toHaveProperty('vary');
    }
  });

  it('a preflight is a method that no route has', async () => {
    expect(await preflight('/open', SHOP, without)).toMatchObject({ statusCode: 405 });
    expect(await preflight('/nothing', SHOP, without)).toMatchObject({ statusCode: 404 });
  });
});
