import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { countByStatus, readSettledMetrics, sampleOf, type Sample } from '../support/metrics.js';
import { RawConnection } from '../support/raw-connection.js';
import { requestBytes, type RequestToWrite } from '../support/request-bytes.js';
import { runningStore, type RunningStore } from '../support/running-store.js';
import { aNewProduct, StoreClient } from '../support/store-client.js';
import { badInputs } from './bad-inputs/index.js';

const MIXED_REQUESTS = 1000;
const RANDOM_URLS = 5000;
const CONCURRENT_CLIENTS = 20;

let running: RunningStore;
let id: string;
beforeAll(async () => {
  running = await runningStore();
  ({ id } = await new StoreClient(running.store.url).created());
});
afterAll(() => running.stop());

/** Sends each, a bounded number at a time, and counts the statuses that came. */
async function sendAll(requests: readonly (Buffer | string)[]): Promise<Record<string, number>> {
  const waiting = [...requests];
  const counts: Record<string, number> = {};
  const client = async (): Promise<void> => {
    for (let bytes = waiting.pop(); bytes !== undefined; bytes = waiting.pop()) {
      const connection = await RawConnection.to(running.store.url);
      connection.send(bytes);
      const { status } = await connection.answer(String(bytes).startsWith('HEAD '));
      counts[status] = (counts[status] ?? 0) + 1;
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_CLIENTS }, client));
  return counts;
}

const settledMetrics = (): Promise<readonly Sample[]> => readSettledMetrics(running.store.managementUrl);

const difference = (after: Record<string, number>, before: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after)
      .map(([status, count]) => [status, count - (before[status] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );

const post = (body: object): RequestToWrite => ({ method: 'POST', path: '/v1/products', body: JSON.stringify(body) });

/** One request of each kind; the status that each gets is the store's affair. */
const goodRequests = (): (Buffer | string)[] => [
  requestBytes({ path: '/v1/products' }),
  requestBytes({ path: `/v1/products/${id}` }),
  requestBytes({ method: 'HEAD', path: `/v1/products/${id}` }),
  requestBytes({ path: `/v1/products/${id}`, headers: { 'if-none-match': '*' } }),
  requestBytes(post(aNewProduct())),
  requestBytes(post(aNewProduct({ sku: 'TAKEN' }))),
  requestBytes({ method: 'PATCH', path: `/v1/products/${id}`, headers: { 'if-match': '"999"' }, body: '{"name":"x"}' }),
];

describe('http_server_request_duration_seconds', () => {
  it(`counts ${MIXED_REQUESTS} mixed requests by status as their client does`, async () => {
    const bad = Object.values(badInputs)
      .flat()
      .map(({ bytes }) => bytes);
    const requests: (Buffer | string)[] = [];
    while (requests.length < MIXED_REQUESTS) requests.push(...goodRequests(), ...bad);
    requests.length = MIXED_REQUESTS;
    const before = countByStatus(await settledMetrics());
    const counted = await sendAll(requests);
    const after = countByStatus(await settledMetrics());

    expect(difference(after, before)).toEqual(counted);
    const statuses = ['200', '201', '304', '400', '404', '405', '409', '412', '413', '414', '415', '428', '431'];
    expect(Object.keys(counted)).toEqual(statuses);
  });

  it(`has no series more after ${RANDOM_URLS} random URLs and methods`, async () => {
    const random = (): string => Math.random().toString(36).slice(2);
    const methods = ['GET', 'POST', 'PUT', 'DELETE', 'LOCK', 'MERGE', 'SEARCH'];
    const urls = Array.from({ length: RANDOM_URLS }, (_, index) =>
      requestBytes({
        method: methods[index % methods.length] ?? 'GET',
        path: index % 2 === 0 ? `/${random()}/${random()}` : `/v1/products/${random()}?${random()}=${random()}`,
      }),
    );
    await sendAll(urls.slice(0, 100)); // each kind has been seen once
    const before = await settledMetrics();
    await sendAll(urls);
    const after = await settledMetrics();
    expect(seriesOf(after)).toEqual(seriesOf(before));
  });

  it('knows one client, and nothing is left in flight', async () => {
    const metrics = await settledMetrics();
    expect(metrics.filter(({ name }) => name === 'unique_clients')).toEqual([
      { name: 'unique_clients', labels: { window: 'minute' }, value: 1 },
      { name: 'unique_clients', labels: { window: 'day' }, value: 1 },
    ]);
    expect(sampleOf(metrics, 'http_server_requests_in_flight')).toBe(0);
  });

  it('is labelled by route templates and known methods alone', async () => {
    const labels = (await settledMetrics())
      .filter(({ name }) => name === 'http_server_request_duration_seconds_count')
      .map(({ labels: { route = '', method = '' } }) => ({ route, method }));
    const products = ['/v1/products', '/v1/products/:id', '/v1/products/:id/activate'];
    const orders = ['/v1/orders', '/v1/orders/:id', '/v1/orders/:id/cancel'];
    const routes = [...products, ...orders, '(unmatched)'];
    expect([...new Set(labels.map(({ route }) => route))].toSorted()).toEqual(routes.toSorted());
    const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', '_OTHER'];
    expect(methods).toEqual(expect.arrayContaining(labels.map(({ method }) => method)));
  });
});

/** What the service does for nobody in particular brings its statements' series in its own time: a fixed few. */
const BACKGROUND = /^(?:messaging\.|idempotency\.forget-expired$|recommendations\.sweep-purchases$)/;

/** All but the runtime's own, which come with the first collection of garbage or the first open file. */
const seriesOf = (samples: readonly Sample[]): string[] =>
  samples
    .filter(({ name }) => !name.startsWith('nodejs_') && !name.startsWith('process_'))
    .filter(({ labels }) => !BACKGROUND.test(labels['operation'] ?? ''))
    .map(({ name, labels }) => `${name} ${JSON.stringify(labels)}`)
    .toSorted();
