import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EdgeService } from '../testing/edge.service.js';
import { RoomsController } from '../testing/rooms.controller.js';
import { API_HEADERS, DOCS_HEADERS } from './security-headers.js';

/** Written out, so that a change of helmet's or of ours is seen here. */
const API = {
  'content-security-policy':
    "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none';object-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const DOCS = {
  ...API,
  'content-security-policy':
    "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;" +
    "connect-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none';object-src 'none'",
  'cross-origin-opener-policy': 'same-origin',
};

describe('the headers that make an answer safe in a browser', () => {
  it('are these of an API, and no others', () => {
    expect(API_HEADERS).toEqual(API);
  });

  it('are these of the page of the documents, and no others', () => {
    expect(DOCS_HEADERS).toEqual(DOCS);
  });

  it('can not be changed for all by who changes them for one', () => {
    expect(Object.isFrozen(API_HEADERS)).toBe(true);
    expect(Object.isFrozen(DOCS_HEADERS)).toBe(true);
  });
});

describe('each answer', () => {
  let edge: EdgeService;
  beforeAll(async () => {
    edge = await EdgeService.of([RoomsController], { RATE_LIMIT_MAX: '20', HTTP_URL_LENGTH_MAX: '256' });
  });
  afterAll(() => edge.close());

  const post = (payload: string, type = 'application/json') =>
    edge.send('/shelves', {
      method: 'POST',
      payload,
      headers: { 'content-type': type },
      token: edge.issuer.token(),
    });
  const exhausted = async () => {
    for (let n = 0; n < 20; n += 1) await edge.send('/open', { remoteAddress: '192.0.2.9' });
    return edge.send('/open', { remoteAddress: '192.0.2.9' });
  };

  it.each([
    [200, 'a success', () => edge.send('/open')],
    [200, 'a closed success', () => edge.send('/closed', { token: edge.issuer.token() })],
    [401, 'no token', () => edge.send('/closed')],
    [403, 'no scope', () => edge.send('/vault', { token: edge.issuer.token() })],
    [404, 'no route', () => edge.send('/nothing')],
    [405, 'no such method', () => edge.send('/open', { method: 'DELETE' })],
    [400, 'a broken body', () => post('{')],
    [415, 'a body of another type', () => post('<a/>', 'application/xml')],
    [413, 'a large body', () => post(JSON.stringify({ a: 'x'.repeat(70_000) }))],
    [400, 'a broken URL', () => edge.send('/%zz')],
    [414, 'a long URL', () => edge.send(`/open?${'x'.repeat(300)}`)],
    [429, 'a limit', exhausted],
    [500, 'a mistake of ours', () => edge.send('/mistake')],
  ])('has them: %i, %s', async (status, _what, answer) => {
    const { statusCode, headers } = await answer();

    expect(statusCode).toBe(status);
    expect(headers).toMatchObject(API);
    expect(headers).toHaveProperty('x-request-id');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });

  it.each(['/docs', '/docs/page.js', '/openapi.json'])('of the documents has those of a page: %s', async (url) => {
    expect((await edge.send(url)).headers).toMatchObject(DOCS);
  });

  it('of the page allows all that the page asks for', async () => {
    const { body } = await edge.send('/docs');

    expect(body).not.toMatch(/<script>|<style|onload=|https?:\/\//);
    for (const [, url = ''] of body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect(await edge.send(url)).toMatchObject({ statusCode: 200 });
    }
  });
});
