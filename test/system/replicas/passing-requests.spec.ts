import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { expectProblem } from '../support/expect-problem.js';
import { countByStatus, readSettledMetrics } from '../support/metrics.js';
import { RawConnection, type RawAnswer } from '../support/raw-connection.js';
import { behindEach, Replicas } from '../support/replicas/index.js';
import { requestBytes, type RequestToWrite } from '../support/request-bytes.js';

const REQUESTS = 300;
const CLIENTS = 6;
/** Of an equal share: what a replica gets at least. */
const SHARE_MIN = 0.5;
const RATE_LIMIT_MAX = 100_000;
const post = { method: 'POST', path: '/v1/products' } as const;
const long = (length: number): string => 'x'.repeat(length);

/** What the replica itself refuses: each is within what the balancers let pass, and beyond what the store does. */
const REFUSALS: readonly (readonly [status: number, code: string, request: RequestToWrite])[] = [
  [404, 'platform.route-not-found', { path: '/nowhere' }],
  [400, 'platform.malformed-request', { ...post, body: '{"sku":' }],
  [405, 'platform.method-not-allowed', { method: 'PUT', path: '/v1/products', body: '{}' }],
  [413, 'platform.body-too-large', { ...post, body: JSON.stringify({ name: long(70_000) }) }],
  [414, 'platform.uri-too-long', { path: `/v1/products?q=${long(5_000)}` }],
  [415, 'platform.unsupported-media-type', { ...post, headers: { 'content-type': 'text/plain' }, body: '{}' }],
  [431, 'platform.headers-too-large', { path: '/v1/products', headers: { 'x-a': long(9_000), 'x-b': long(9_000) } }],
];

/** What the balancer refuses, in the same form. (HAProxy has one answer to malformed HTTP, which can't be configured.) */
const OWN_REFUSALS: readonly (readonly [status: number, code: string, bytes: string | Buffer])[] = [
  [404, 'balancer.not-found', requestBytes({ path: '/health/ready' })],
  [404, 'balancer.not-found', requestBytes({ path: '/metrics' })],
  [404, 'balancer.not-found', requestBytes({ path: '/info' })],
  [413, 'balancer.body-too-large', requestBytes({ ...post, headers: { 'content-length': '1000000000' }, body: '{' })],
];

behindEach('what passes through', (kind) => {
  let replicas: Replicas;
  beforeAll(async () => {
    replicas = await Replicas.behind(kind, { env: { RATE_LIMIT_MAX: String(RATE_LIMIT_MAX) } });
  });
  afterAll(() => replicas.close());

  const ask = async (bytes: string | Buffer): Promise<RawAnswer> => {
    const connection = await RawConnection.to(replicas.url);
    connection.send(bytes);
    const answer = await connection.answer();
    connection.close();
    return answer;
  };
  const served = async (): Promise<number[]> => {
    const each = await Promise.all(replicas.running.map(({ managementUrl }) => readSettledMetrics(managementUrl)));
    return each.map((metrics) => countByStatus(metrics)['200'] ?? 0);
  };

  it('is scattered over all replicas', async () => {
    const before = await served();
    const client = async (): Promise<void> => {
      for (let turn = 0; turn < REQUESTS / CLIENTS; turn += 1) {
        const answer = await fetch(`${replicas.url}/v1/products?limit=1`);
        await answer.arrayBuffer();
        expect(answer.status).toBe(200);
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    const shares = (await served()).map((count, index) => count - (before[index] ?? 0));

    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(REQUESTS);
    expect(Math.min(...shares)).toBeGreaterThan((REQUESTS / shares.length) * SHARE_MIN);
  });

  it('has the address of its client, whatever the client says that it is', async () => {
    const forged = { 'x-forwarded-for': '203.0.113.7', forwarded: 'for=203.0.113.7', 'x-real-ip': '203.0.113.7' };
    const answer = await ask(requestBytes({ path: '/v1/products?limit=1', headers: forged }));
    const id = answer.headers['x-request-id'] ?? '';

    expect(await replicas.logged(id)).toMatchObject({ clientAddress: '127.0.0.1', status: 200 });
    expect(answer.headers['ratelimit-policy']).toContain(String(RATE_LIMIT_MAX));
  });

  it('has the deadline of the store, and none that a client makes up', async () => {
    const hurried = requestBytes({ path: '/v1/products?limit=1', headers: { 'x-request-timeout-ms': '0' } });

    expect((await ask(hurried)).status).toBe(200);
  });

  it('has one id: in the answer, in the log of the replica, and in that of the balancer', async () => {
    const given = await ask(requestBytes({ path: '/v1/products?limit=1', headers: { 'x-request-id': 'mine-1' } }));
    const drawn = await ask(requestBytes({ path: '/v1/products?limit=1' }));
    const ids = [given, drawn].map(({ headers }) => headers['x-request-id'] ?? '');

    expect(ids[0]).toBe('mine-1');
    for (const id of ids) {
      expect(await replicas.logged(id)).toMatchObject({ route: '/v1/products' });
      const lines = await replicas.balancer.requests();
      expect(lines.filter(({ requestId }) => requestId === id)).toEqual([
        expect.objectContaining({ client: '127.0.0.1', method: 'GET', path: '/v1/products', status: '200' }),
      ]);
    }
  });

  it.each(REFUSALS)('is refused by the replica itself: %i %s', async (status, code, request) => {
    expectProblem(await ask(requestBytes(request)), { status, code });
  });

  it.each(OWN_REFUSALS)('is refused by the balancer in the same form: %i %s', async (status, code, bytes) => {
    const { status: given, headers, body } = await ask(bytes);

    expect({ status: given, type: headers['content-type'] }).toEqual({
      status,
      type: 'application/problem+json; charset=utf-8',
    });
    expect(headers['cache-control']).toBe('no-store');
    expect(JSON.parse(body)).toMatchObject({ code, status, requestId: headers['x-request-id'] });
  });

  it('keeps the connection of its client, and says nothing of those behind', async () => {
    const connection = await RawConnection.to(replicas.url);
    const answers: RawAnswer[] = [];
    while (answers.length < 6) {
      connection.send(requestBytes({ path: `/v1/products?limit=1` }));
      answers.push(await connection.answer());
    }
    connection.close();

    for (const { status, headers } of answers) {
      expect(status).toBe(200);
      expect(headers).not.toHaveProperty('keep-alive');
      expect(headers['connection'] ?? 'keep-alive').toBe('keep-alive');
    }
  });
});
