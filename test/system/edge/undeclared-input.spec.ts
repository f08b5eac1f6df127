import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { storekeeper } from '../support/tokens.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { withoutBalancer } from '../support/topology.js';

describe('what no route has asked for', () => {
  let running: RunningStore;

  beforeAll(async () => {
    running = await runningStore({ seeded: true });
  });
  afterAll(() => running.stop());

  const send = async (path: string, init?: RequestInit) => {
    const answer = await fetch(running.store.url + path, {
      ...init,
      headers: { authorization: storekeeper(), ...init?.headers },
    });
    return { status: answer.status, problem: (await answer.json()) as { errors?: { pointer: string }[] } };
  };
  const anActiveProduct = async (): Promise<string> => {
    const answer = await fetch(`${running.store.url}/v1/products?status=active&limit=1`);
    return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
  };

  it('is refused on a route without a query, and nothing is done', async () => {
    const id = await anActiveProduct();
    const path = `/v1/products/${id}/discontinue?dryRun=true`;
    const { status, problem } = await send(path, { method: 'POST', headers: { 'if-match': '*' } });

    expect(status).toBe(400);
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['#/dryRun']);
    expect(await (await fetch(`${running.store.url}/v1/products/${id}`)).json()).toMatchObject({ status: 'active' });
  });

  it('is refused on a route without a body', async () => {
    const { status, problem } = await send(`/v1/products/${await anActiveProduct()}/discontinue`, {
      method: 'POST',
      headers: { 'if-match': '*', 'content-type': 'application/json' },
      body: '{"reason":"old"}',
    });

    expect(status).toBe(400);
    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['#/reason']);
  });

  it('is refused on a read', async () => {
    expect((await send(`/v1/products/${await anActiveProduct()}?x=1`)).status).toBe(400);
  });

  it.each([
    ['a path out of the documents', { path: '/docs/../../etc/passwd' }, 404],
    ['a file of the documents that is not there', { path: '/docs/package.json' }, 404],
    ['a NUL in a path', { path: '/docs/%00' }, 404],
    ...withoutBalancer('which refuses these itself', [
      ['two Host headers', { path: '/v1/products', headers: { host: 'a\r\nhost: b' } }, 400] as const,
    ]),
    [
      'a compressed body',
      { method: 'POST', path: '/v1/products', headers: { 'content-encoding': 'gzip' }, body: '{}' },
      415,
    ],
  ])('%s is refused', async (_what, request, status) => {
    const connection = await RawConnection.to(running.store.url);
    connection.send(requestBytes(request));
    const answer = await connection.answer();
    connection.close();

    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});
