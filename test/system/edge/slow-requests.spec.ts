import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expectProblem } from '../support/expect-problem.js';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';

const TIMED_OUT = { status: 408, code: 'platform.request-timeout' };

describe('a request that arrives too slowly', () => {
  let running: RunningStore;
  beforeAll(async () => {
    running = await runningStore({ env: { HTTP_HEADERS_TIMEOUT_MS: '500', HTTP_RECEIVE_TIMEOUT_MS: '800' } });
  });
  afterAll(() => running.stop());

  it('is refused when its headers do not end, and its connection ends', async () => {
    const connection = await RawConnection.to(running.store.url);
    connection.send('GET /v1/products HTTP/1.1\r\nhost: store.test\r\nx-slow:');
    expectProblem(await connection.answer(), TIMED_OUT);
    expect(await connection.rest()).toBe('');
  });

  it('is refused when its body does not end, under the id that it came with', async () => {
    const connection = await RawConnection.to(running.store.url);
    const headers = { 'content-length': '100', 'x-request-id': 'slow-body' };
    connection.send(requestBytes({ method: 'POST', path: '/v1/products', headers, body: '{"sku":' }));
    const answer = await connection.answer();
    expect(expectProblem(answer, TIMED_OUT)).toMatchObject({ requestId: 'slow-body', instance: '/v1/products' });
    expect(await connection.rest()).toBe('');
  });

  it('is refused as the second one of a connection as well', async () => {
    const connection = await RawConnection.to(running.store.url);
    connection.send(requestBytes({ path: '/v1/products' }));
    expect(await connection.answer()).toMatchObject({ status: 200 });
    connection.send('GET /v1/products HTTP/1.1\r\n');
    expectProblem(await connection.answer(), TIMED_OUT);
    expect(await connection.rest()).toBe('');
  });

  it('does not keep others waiting', async () => {
    const slow = await Promise.all(Array.from({ length: 50 }, () => RawConnection.to(running.store.url)));
    for (const connection of slow) connection.send('GET /v1/products HTTP/1.1\r\n');
    const others = await fetch(`${running.store.url}/v1/products`);
    expect(others.status).toBe(200);
    for (const connection of slow) expectProblem(await connection.answer(), TIMED_OUT);
  });
});
