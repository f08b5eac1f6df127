import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ABSENT_ID, type RouteAccess } from '#platform/testing';
import { expectProblem } from '../support/expect-problem.js';
import { RawConnection, type RawAnswer } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { bearer } from '../support/tokens.js';
import { ACCESS_TABLE } from './access-table.js';

let running: RunningStore;
beforeAll(async () => {
  running = await runningStore();
});
afterAll(() => running.stop());

async function ask({ method, template, headers, body }: RouteAccess, authorization: string): Promise<RawAnswer> {
  const connection = await RawConnection.to(running.store.url);
  const path = template.replace('{id}', ABSENT_ID);
  const json = body && JSON.stringify(body());
  connection.send(requestBytes({ method, path, headers: { ...headers, authorization }, ...(json && { body: json }) }));
  const answer = await connection.answer();
  connection.close();
  return answer;
}

const open = ACCESS_TABLE.filter(({ access }) => access === 'public');
const closed = ACCESS_TABLE.filter(({ access }) => access !== 'public');
const named = (entries: readonly RouteAccess[]) =>
  entries.map((entry) => [`${entry.method} ${entry.template}`, entry] as const);

describe.each(named(closed))('%s', (_name, entry) => {
  const required = String(entry.access);

  it('is closed to who has no token', async () => {
    const answer = await ask(entry, '');

    expectProblem(answer, { status: 401, code: 'platform.authentication-required' });
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('is closed to who lacks the scope, and names it', async () => {
    const answer = await ask(entry, bearer({ scope: `x${required} ${required}x catalog:read` }));

    expectProblem(answer, { status: 403, code: 'platform.insufficient-scope' });
    expect(answer.headers['www-authenticate']).toBe(`Bearer error="insufficient_scope", scope="${required}"`);
  });

  it('lets in who has the scope, among others', async () => {
    const answer = await ask(entry, bearer({ scope: `orders:read ${required}` }));

    expect(answer.status).toBe(entry.status);
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe.each(named(open))('%s', (_name, entry) => {
  it.each([
    ['no token', ''],
    ['a token without scopes', bearer({ scope: '' })],
    ['a token that is no good', 'Bearer not-a-token'],
    ['another kind of credentials', 'Basic c3RvcmU6c2VjcmV0'],
  ])('is open to who has %s', async (_what, authorization) => {
    expect((await ask(entry, authorization)).status).toBe(entry.status);
  });
});

describe('what no route answers', () => {
  it.each([
    ['a path', { method: 'GET', template: '/v1/nowhere', access: 'public', status: 404 }],
    ['a method', { method: 'PUT', template: '/v1/products', access: 'public', status: 405 }],
  ] as const)('says so to who has no token: %s', async (_what, entry) => {
    expect((await ask(entry, '')).status).toBe(entry.status);
  });
});
