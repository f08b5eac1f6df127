import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newKey } from '#platform/testing';
import { EdgeService } from '../testing/edge.service.js';
import { RoomsController } from '../testing/rooms.controller.js';

let edge: EdgeService;
beforeAll(async () => {
  edge = await EdgeService.of([RoomsController], {}, (fastify) => {
    fastify.get('/forgotten', (_request, reply) => reply.send({ room: 'forgotten' }));
    fastify.get('/vanished', { config: { access: 'public' } }, (_request, reply) => reply.callNotFound());
  });
});
afterAll(() => edge.close());

/** A token of a key that nobody has published. */
const forged = (): string => edge.issuer.token({}, {}, newKey());
const lastLine = () => edge.requestLines.at(-1);

describe('a route that says nothing of who may use it', () => {
  it.each(['/closed', '/forgotten'])('is closed: %s', async (url) => {
    const response = await edge.send(url);

    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code: 'platform.authentication-required', status: 401 });
    expect(response.headers).toMatchObject({ 'www-authenticate': 'Bearer', 'cache-control': 'no-store' });
  });

  it('lets in whoever has a token, of whatever scopes, and knows who it is', async () => {
    const response = await edge.send('/closed', { token: edge.issuer.token({ sub: 'user-7', scope: 'a b' }) });

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ id: 'user-7', scopes: ['a', 'b'] });
    expect(lastLine()).toMatchObject({ userId: 'user-7' });
    expect(lastLine()).not.toHaveProperty('authenticationFault');
  });

  it('answers for no cache', async () => {
    const response = await edge.send('/closed', { token: edge.issuer.token() });

    expect(response.headers['cache-control']).toBe('no-store');
  });

  it('is as closed to HEAD', async () => {
    expect(await edge.send('/closed', { method: 'HEAD' })).toMatchObject({ statusCode: 401 });
    expect(await edge.send('/closed', { method: 'HEAD', token: edge.issuer.token() })).toMatchObject({
      statusCode: 200,
    });
  });

  it('takes a token from the header alone', async () => {
    const token = edge.issuer.token();

    expect(await edge.send(`/closed?access_token=${token}`)).toMatchObject({ statusCode: 401 });
    expect(await edge.send('/closed', { headers: { cookie: `access_token=${token}` } })).toMatchObject({
      statusCode: 401,
    });
  });
});

describe('a token that is not good', () => {
  it.each([
    ['absent', undefined, 'platform.authentication-required', 'Bearer', 'absent'],
    ['empty', '', 'platform.authentication-required', 'Bearer', 'absent'],
    ['of another scheme', 'Basic dXNlcjpwYXNz', 'platform.authentication-required', 'Bearer', 'absent'],
    [
      'two in one',
      'Bearer a.b.c d.e.f',
      'platform.token-invalid',
      'Bearer error="invalid_token", error_description="The access token is not valid."',
      'scheme',
    ],
    [
      'garbage',
      'Bearer garbage',
      'platform.token-invalid',
      'Bearer error="invalid_token", error_description="The access token is not valid."',
      'malformed',
    ],
    [
      'too long',
      `Bearer ${'x'.repeat(8_193)}`,
      'platform.token-invalid',
      'Bearer error="invalid_token", error_description="The access token is not valid."',
      'size',
    ],
  ])('gets 401 when it is %s, and the log tells why', async (_what, authorization, code, challenge, fault) => {
    const response = await edge.send('/closed', { headers: authorization === undefined ? {} : { authorization } });

    expect(response.statusCode).toBe(401);
    expect(response.json()).toMatchObject({ code });
    expect(response.headers['www-authenticate']).toBe(challenge);
    expect(lastLine()).toMatchObject({ authenticationFault: fault, errorCode: code });
    expect(lastLine()).not.toHaveProperty('userId');
  });

  it('gets 401 when it is forged, and is told as little', async () => {
    const response = await edge.send('/closed', { token: forged() });

    expect(response.json()).toMatchObject({
      code: 'platform.token-invalid',
      detail: 'The access token is not valid.',
      status: 401,
    });
    expect(lastLine()).toMatchObject({ authenticationFault: 'key' });
  });

  it('gets 401 when it has expired, and is told so', async () => {
    const response = await edge.send('/closed', { token: edge.issuer.token({ exp: 1 }) });

    expect(response.json()).toMatchObject({ code: 'platform.token-expired', status: 401 });
    expect(response.headers['www-authenticate']).toBe(
      'Bearer error="invalid_token", error_description="The access token has expired."',
    );
    expect(lastLine()).toMatchObject({ authenticationFault: 'expired' });
  });

  it('is never repeated, neither to the client nor in the log', async () => {
    const token = edge.issuer.token({ aud: 'canary-audience', sub: 'canary-subject' });

    const response = await edge.send('/closed', { token });

    for (const text of [response.body, JSON.stringify(response.headers), JSON.stringify(lastLine())]) {
      expect(text).not.toContain('canary');
      expect(text).not.toContain(token.slice(-20));
    }
  });
});

describe('a public route', () => {
  it('identifies nobody: a token that comes along is not looked at, and its issuer is not asked', async () => {
    const { fetches } = edge.issuer;

    for (const token of [undefined, 'garbage', forged(), edge.issuer.token({ exp: 1 }), edge.issuer.token()]) {
      const response = await edge.send('/open', token === undefined ? {} : { token });
      expect(response).toMatchObject({ statusCode: 200 });
      expect(lastLine()).not.toHaveProperty('userId');
      expect(lastLine()).not.toHaveProperty('authenticationFault');
    }
    expect(edge.issuer.fetches).toBe(fetches);
  });

  it('is public to HEAD as well', async () => {
    expect(await edge.send('/open', { method: 'HEAD' })).toMatchObject({ statusCode: 200, body: '' });
  });

  it('says itself what caches may do', async () => {
    expect((await edge.send('/open')).headers).not.toHaveProperty('cache-control');
  });

  it('that asks for its caller is a mistake of ours', async () => {
    const response = await edge.send('/mistake', { token: edge.issuer.token() });

    expect(response.statusCode).toBe(500);
    expect(response.body).not.toContain('/mistake asks');
  });
});

describe('what no route answers', () => {
  it.each(['/nothing', '/closed/more', '/vanished'])('gets 404 without a token: %s', async (url) => {
    const response = await edge.send(url);

    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'platform.route-not-found' });
    expect(response.headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['POST', '/closed', 'GET, HEAD'],
    ['DELETE', '/open', 'GET, HEAD'],
    ['OPTIONS', '/closed', 'GET, HEAD'],
    ['GET', '/shelves', 'POST'],
  ] as const)('gets 405 without a token where it is the method: %s %s', async (method, url, allow) => {
    const response = await edge.send(url, { method });

    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe(allow);
  });
});

describe('a route that asks for scopes', () => {
  it('lets in whoever has all of them', async () => {
    const token = edge.issuer.token({ scope: 'vault:open x catalog:write' });

    expect(await edge.send('/vault', { token })).toMatchObject({ statusCode: 200 });
  });

  it.each(['', 'vault:open', 'catalog:write', 'catalog:write vault:openx', 'CATALOG:WRITE VAULT:OPEN', 'catalog:*'])(
    'refuses a user with the scopes %j, and names what it asks for',
    async (scope) => {
      const response = await edge.send('/vault', { token: edge.issuer.token({ scope }) });

      expect(response.statusCode).toBe(403);
      expect(response.json()).toMatchObject({ code: 'platform.insufficient-scope', status: 403 });
      expect(response.headers).toMatchObject({
        'www-authenticate': 'Bearer error="insufficient_scope", scope="catalog:write vault:open"',
        'cache-control': 'no-store',
      });
      expect(lastLine()).toMatchObject({ userId: 'storekeeper-7', errorCode: 'platform.insufficient-scope' });
    },
  );
});

describe('the order of decisions', () => {
  const broken = { method: 'POST', payload: '{"broken"', headers: { 'content-type': 'application/json' } } as const;

  it('asks who it is before it reads what came', async () => {
    expect(await edge.send('/shelves', broken)).toMatchObject({ statusCode: 401 });
  });

  it('asks for scopes before it reads what came', async () => {
    expect(await edge.send('/shelves', { ...broken, token: edge.issuer.token({ scope: '' }) })).toMatchObject({
      statusCode: 403,
    });
  });

  it('reads what came then', async () => {
    expect(await edge.send('/shelves', { ...broken, token: edge.issuer.token() })).toMatchObject({ statusCode: 400 });
  });
});

describe('without the keys of the issuer', () => {
  let away: EdgeService;
  beforeAll(async () => {
    away = await EdgeService.of([RoomsController], { JWKS_URL: 'http://127.0.0.1:1/jwks.json' });
  });
  afterAll(() => away.close());

  it('whoever brings a token is told to come again, since it may be good', async () => {
    const response = await away.send('/closed', { token: away.issuer.token() });

    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toMatch(/^[1-3]$/);
    expect(response.headers).not.toHaveProperty('www-authenticate');
    expect(away.requestLines.at(-1)).toMatchObject({ authenticationFault: 'undecided' });
  });

  it('whoever brings none is told so, and public routes serve', async () => {
    expect(await away.send('/closed')).toMatchObject({ statusCode: 401 });
    expect(await away.send('/open', { token: away.issuer.token() })).toMatchObject({ statusCode: 200 });
  });
});
