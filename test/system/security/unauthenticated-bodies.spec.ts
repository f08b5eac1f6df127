import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { expectProblem } from '../support/expect-problem.js';
import { readMetrics, readSettledMetrics, sampleOf } from '../support/metrics.js';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { aNewProduct, StoreClient } from '../support/store-client.js';
import { bearer } from '../support/tokens.js';
import { EndlessBody } from './endless-body.js';

/** Long enough to tell an end that a refusal brings from one that a time-out does. */
const RECEIVE_TIMEOUT_MS = 5_000;
/** Node looks for late connections once a second. */
const CHECK_INTERVAL_MS = 1_000;
const TOLERANCE_MS = 4 * SLACK_MS;
const SENDERS = 50;
/** Both socket buffers of a loopback connection, grown as far as Linux lets them: what leaves the client, but no one reads. */
const UNREAD_BYTES_MAX = 16 * 1024 * 1024;
const GROWTH_BYTES_MAX = 64 * 1024 * 1024;

const CHUNKED = { 'transfer-encoding': 'chunked', 'content-length': '' };
const TEN_GIGABYTES = { 'content-length': '10000000000' };
const BODIES = [
  ['chunks without an end', CHUNKED, '2\r\n{}\r\n'],
  ['10 GB', TEN_GIGABYTES, '{"sku":'],
] as const;

const head = (headers: Readonly<Record<string, string>>): Buffer =>
  requestBytes({ method: 'POST', path: '/v1/products', headers: { 'content-type': 'application/json', ...headers } });

const STRANGER = { status: 401, code: 'platform.authentication-required', authorization: '' };
const FORGER = { status: 401, code: 'platform.token-invalid', authorization: 'Bearer x.y.z' };
const READER = { status: 403, code: 'platform.insufficient-scope', authorization: bearer({ scope: '' }) };

/** Demands the refusal at once, when the body has hardly begun, and the end of the connection with it. */
async function expectRefusal(url: string, bytes: string, expected: typeof STRANGER): Promise<void> {
  const connection = await RawConnection.to(url);
  const startedAtMs = performance.now();
  connection.send(Buffer.from(bytes, 'latin1'));
  const answer = await connection.answer();

  expectProblem(answer, expected);
  expect(answer.headers['connection']).toBe('close');
  expect(await connection.rest()).toBe('');
  expect(performance.now() - startedAtMs).toBeLessThan(RECEIVE_TIMEOUT_MS);
}

describe('a body from whoever is not let in', () => {
  let running: RunningStore;
  beforeAll(async () => {
    const env = { HTTP_HEADERS_TIMEOUT_MS: '1000', HTTP_RECEIVE_TIMEOUT_MS: String(RECEIVE_TIMEOUT_MS) };
    running = await runningStore({ env });
  });
  afterAll(() => running.stop());

  const residentBytes = async (): Promise<number> =>
    sampleOf(await readMetrics(running.store.managementUrl), 'process_resident_memory_bytes');

  describe.each(BODIES)('of %s', (_what, framing, beginning) => {
    it.each([
      ['a stranger', STRANGER],
      ['a forger', FORGER],
      ['somebody who may not write', READER],
    ])('that %s sends is refused before it is here', async (_who, refusal) => {
      const { authorization } = refusal;
      await expectRefusal(running.store.url, `${String(head({ ...framing, authorization }))}${beginning}`, refusal);
    });

    it('is not read on, and fills no memory, however many send one', async () => {
      const before = await residentBytes();
      const bytes = head({ ...framing, authorization: '' });
      const senders = Array.from({ length: SENDERS }, () => EndlessBody.sentTo(running.store.url, bytes));
      const bodies = await Promise.all(senders);
      const endedAfterMs = await Promise.all(bodies.map((body) => body.endedAfterMs));

      expect(Math.max(...endedAfterMs)).toBeLessThan(RECEIVE_TIMEOUT_MS);
      expect(Math.max(...bodies.map(({ sentBytes }) => sentBytes))).toBeLessThan(UNREAD_BYTES_MAX);
      expect((await residentBytes()) - before).toBeLessThan(GROWTH_BYTES_MAX);
    });
  });

  it('takes what came behind it along: a write is not carried out on a connection that ends before its answer', async () => {
    const stranger = head({ ...CHUNKED, authorization: '' });
    const headers = { 'x-request-id': 'behind-a-refusal' };
    const write = requestBytes({ method: 'POST', path: '/v1/products', headers, body: JSON.stringify(aNewProduct()) });
    const connection = await RawConnection.to(running.store.url);
    connection.send(Buffer.concat([stranger, Buffer.from('2\r\n{}\r\n0\r\n\r\n'), write]));

    expectProblem(await connection.answer(), STRANGER);
    expect(await connection.rest()).toBe('');
    connection.close();
    const listed = await new StoreClient(running.store.url).page({ category: aNewProduct().category });
    expect(listed.body.items).toEqual([]);
    await readSettledMetrics(running.store.managementUrl);
    expect(running.store.stdout.filter((line) => line.includes('behind-a-refusal'))).toEqual([]);
  });

  describe('of a usual size', () => {
    const beginning = Buffer.concat([head({ 'content-length': '500', authorization: '' }), Buffer.alloc(250, 'a')]);

    it('may pass by after its refusal, and the connection serves on', async () => {
      const connection = await RawConnection.to(running.store.url);
      connection.send(beginning);
      expectProblem(await connection.answer(), STRANGER);

      connection.send(Buffer.alloc(250, 'b'));
      connection.send(requestBytes({ path: '/v1/products' }));
      expect(await connection.answer()).toMatchObject({ status: 200, body: '{"items":[],"nextCursor":null}' });
      connection.send('GET /v1/products HTTP/1.1\r\n'); // what is late now is another request, with its own answer
      expectProblem(await connection.answer(), { status: 408, code: 'platform.request-timeout' });
    });

    it('has the time that each request has to arrive: then the connection ends, without a second answer', async () => {
      const connection = await RawConnection.to(running.store.url);
      const startedAtMs = performance.now();
      connection.send(beginning);

      expectProblem(await connection.answer(), STRANGER);
      expect(await connection.rest()).toBe('');
      expect(performance.now() - startedAtMs).toBeLessThan(RECEIVE_TIMEOUT_MS + CHECK_INTERVAL_MS + TOLERANCE_MS);
    });
  });
});

describe('a body from whoever has asked too often', () => {
  let running: RunningStore;
  beforeAll(async () => {
    running = await runningStore({ env: { RATE_LIMIT_MAX: '1', RATE_LIMIT_WINDOW_SECONDS: '3600' } });
    await fetch(`${running.store.url}/v1/products`, { method: 'POST', headers: { authorization: bearer() } });
  });
  afterAll(() => running.stop());

  it.each(BODIES)('of %s is refused before it is here', async (_what, framing, beginning) => {
    const refusal = { status: 429, code: 'platform.rate-limited', authorization: '' };
    await expectRefusal(running.store.url, `${String(head(framing))}${beginning}`, refusal);
  });
});
