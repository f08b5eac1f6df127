import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OpenAPIObject } from '#platform/api-docs';
import { EdgeService } from '../testing/edge.service.js';
import { RoomsController } from '../testing/rooms.controller.js';

let edge: EdgeService;
let document: OpenAPIObject;
beforeAll(async () => {
  edge = await EdgeService.of([RoomsController], { CORS_ORIGINS: 'https://shop.test' });
  document = await edge.service.document();
});
afterAll(() => edge.close());

interface Documented {
  readonly security?: readonly Record<string, readonly string[]>[];
  readonly responses: Record<
    string,
    {
      readonly headers?: Record<string, { readonly schema: Record<string, unknown> }>;
      readonly content?: Record<string, { readonly examples?: Record<string, unknown> }>;
    }
  >;
}

const OPEN = [
  ['/open', 'get'],
  ['/open-searches', 'get'],
  ['/mistake', 'get'],
] as const;
const OPEN_UNLIMITED = [['/hall', 'get']] as const;
const CLOSED = [
  ['/closed', 'get'],
  ['/club', 'get'],
  ['/searches', 'get'],
] as const;
const SCOPED = [
  ['/shelves', 'post'],
  ['/vault', 'get'],
] as const;
const LIMITED = [...OPEN, ...CLOSED, ...SCOPED];
const ALL = [...LIMITED, ...OPEN_UNLIMITED];

const operation = (path: string, method: 'get' | 'post') => document.paths[path]?.[method] as unknown as Documented;
const codesOf = (path: string, method: 'get' | 'post', status: number): string[] =>
  Object.keys(operation(path, method).responses[status]?.content?.['application/problem+json']?.examples ?? {}).sort();

describe('the document', () => {
  it('knows one way to say who asks, and asks for it wherever nothing else is said', () => {
    expect(document.components?.securitySchemes).toEqual({
      accessToken: expect.objectContaining({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }),
    });
    expect(document.security).toEqual([{ accessToken: [] }]);
  });

  it('lists the routes of controllers, and not the net of a plugin', () => {
    expect(Object.keys(document.paths).sort()).toEqual([...new Set(ALL.map(([path]) => path))].sort());
  });

  it('carries nothing of how it was made', () => {
    expect(JSON.stringify(document.paths)).not.toMatch(/"x-(access|problems|unlimited)"/);
  });
});

describe('a public operation', () => {
  it.each([...OPEN, ...OPEN_UNLIMITED])(
    'asks for no token, and refuses nobody for want of one: %s %s',
    (path, method) => {
      const { security, responses } = operation(path, method);

      expect(security).toEqual([]);
      expect(responses).not.toHaveProperty('401');
      expect(responses).not.toHaveProperty('403');
    },
  );
});

describe('a closed operation', () => {
  it.each(CLOSED)('asks for a token, and not for more: %s %s', (path, method) => {
    const { security, responses } = operation(path, method);

    expect(security).toEqual([{ accessToken: [] }]);
    expect(responses).not.toHaveProperty('403');
  });

  it.each([...CLOSED, ...SCOPED])('tells each way to be refused, with the challenge: %s %s', (path, method) => {
    expect(codesOf(path, method, 401)).toEqual([
      'platform.authentication-required',
      'platform.token-expired',
      'platform.token-invalid',
    ]);
    expect(operation(path, method).responses['401']?.headers).toHaveProperty('WWW-Authenticate');
  });

  it.each([
    ['/shelves', 'post', ['catalog:write']],
    ['/vault', 'get', ['catalog:write', 'vault:open']],
  ] as const)('with scopes names them, and what comes without: %s', (path, method, scopes) => {
    expect(operation(path, method).security).toEqual([{ accessToken: scopes }]);
    expect(codesOf(path, method, 403)).toEqual(['platform.insufficient-scope']);
    expect(operation(path, method).responses['403']?.headers).toHaveProperty('WWW-Authenticate');
  });
});

describe('an operation with limits', () => {
  it.each(LIMITED)('may be asked too often, and says when to come again: %s %s', (path, method) => {
    expect(codesOf(path, method, 429)).toEqual(['platform.rate-limited']);
    expect(operation(path, method).responses['429']?.headers?.['Retry-After']).toEqual({
      description: 'Seconds.',
      schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 86_400 },
    });
  });

  it.each(LIMITED)('tells them on each of its answers: %s %s', (path, method) => {
    for (const { headers } of Object.values(operation(path, method).responses)) {
      expect(Object.keys(headers ?? {})).toEqual(expect.arrayContaining(['RateLimit', 'RateLimit-Policy']));
    }
  });
});

describe('an operation without limits', () => {
  it.each(OPEN_UNLIMITED)('speaks of none: %s %s', (path, method) => {
    const { responses } = operation(path, method);

    expect(responses).not.toHaveProperty('429');
    expect(JSON.stringify(responses)).not.toContain('RateLimit');
  });
});

describe('every operation', () => {
  it.each(ALL)('describes what is on each of its answers: %s %s', (path, method) => {
    for (const { headers } of Object.values(operation(path, method).responses)) {
      expect(Object.keys(headers ?? {})).toEqual(
        expect.arrayContaining(['x-request-id', 'Access-Control-Allow-Origin']),
      );
    }
  });

  it('answers what is documented for it', async () => {
    for (const [path, method] of ALL) {
      const { statusCode, headers } = await edge.send(path, { method: method === 'get' ? 'GET' : 'POST' });
      const documented = operation(path, method).responses[String(statusCode)];
      expect({ path, statusCode, documented: documented !== undefined }).toEqual({
        path,
        statusCode,
        documented: true,
      });
      if (statusCode === 401) expect(headers['www-authenticate']).toBe('Bearer');
    }
  });
});
