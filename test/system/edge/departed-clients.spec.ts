import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { countByStatus, readSettledMetrics } from '../support/metrics.js';

const CLIENTS = 100;

describe('a client that goes away', () => {
  let running: RunningStore;
  beforeAll(async () => {
    running = await runningStore();
  });
  afterAll(() => running.stop());

  it.each([
    ['in the middle of its headers', 'GET /v1/products HTTP/1.1\r\nhost: store.test\r\n'],
    [
      'in the middle of its body',
      requestBytes({ method: 'POST', path: '/v1/products', body: '{"sku":', headers: { 'content-length': '100' } }),
    ],
    ['before its answer', requestBytes({ path: '/v1/products' })],
    ['before its refusal', requestBytes({ path: '/v1/products/%zz' })],
    ['before the refusal of its bytes', 'HELLO STORE\r\n\r\n'],
    ['before the refusal of its tunnel', 'CONNECT store.test:443 HTTP/1.1\r\nhost: store.test\r\n\r\n'],
  ])('%s harms nobody', async (_when, bytes) => {
    const clients = await Promise.all(Array.from({ length: CLIENTS }, () => RawConnection.to(running.store.url)));
    for (const client of clients) {
      client.send(bytes);
      client.reset();
    }
    const others = await fetch(`${running.store.url}/v1/products`);
    expect(others.status).toBe(200);
    expect(running.store.logs.filter(({ level }) => level === 'fatal' || level === 'error')).toEqual([]);
  });

  it('leaves nothing in flight, and counts as no fault of the store', async () => {
    const counts = countByStatus(await readSettledMetrics(running.store.managementUrl));
    expect(Object.keys(counts).filter((status) => status >= '500')).toEqual([]);
    expect(counts['499']).toBeGreaterThan(0);
  });
});
