import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readMetrics, readSettledMetrics, sampleOf } from '../../system/support/metrics.js';
import { RawConnection } from '../../system/support/raw-connection.js';
import { requestBytes, type RequestToWrite } from '../../system/support/request-bytes.js';
import { PATIENT, RowLock } from '../../system/support/row-lock.js';
import { runningStore, type RunningStore } from '../../system/support/running-store.js';
import { aNewProduct, StoreClient, type ProductBody } from '../../system/support/store-client.js';
import { UNSHED } from '../../system/support/unshed.js';
import { ClientTally, countedBetween, loggedSince } from './tally.js';

const REQUESTS = 1_000;
const CLIENTS = 8;
/** Writes are refused from 80% of it on. */
const IN_FLIGHT_MAX = 20;
const WRITES_MAX = 16;
/** They have been sent: what is left is their way. They themselves are out of time after 2 s. */
const ARRIVAL_MAX_MS = 5_000;
const ROUNDS = 4;
const SHED_A_ROUND = 20;
const TEST_TIMEOUT_MS = 150_000;
const STATUSES = ['200', '201', '304', '400', '401', '404', '412', '413', '499', '503', '504'];
const PRODUCT = '/v1/products/:id';

interface Asked {
  readonly route: string;
  readonly request: RequestToWrite;
}

describe('a thousand requests of every outcome', () => {
  let running: RunningStore;
  let product: ProductBody;
  const client = new ClientTally();

  beforeAll(async () => {
    running = await runningStore({
      env: {
        ...PATIENT,
        REQUEST_TIMEOUT_MS: '2000',
        SHED_IN_FLIGHT_MAX: String(IN_FLIGHT_MAX),
        ...UNSHED,
        DATABASE_POOL_MAX: '20',
        DATABASE_ACQUIRE_TIMEOUT_MS: '4000',
      },
    });
    product = await new StoreClient(running.store.url).created();
    await running.store.logged(({ msg }) => msg === 'request'); // a line may come a little after its answer
  }, 60_000);
  afterAll(() => running.stop());

  const sent = async ({ request }: Asked): Promise<RawConnection> => {
    const connection = await RawConnection.to(running.store.url);
    connection.send(requestBytes(request));
    return connection;
  };

  async function answered(asked: Asked, connection: RawConnection): Promise<void> {
    const { status } = await connection.answer();
    client.note(asked.request.method ?? 'GET', asked.route, status);
    connection.close();
  }

  const change = (headers: Record<string, string> = { 'if-match': '*' }): Asked => ({
    route: PRODUCT,
    request: { method: 'PATCH', path: `/v1/products/${product.id}`, headers, body: '{"name":"Another"}' },
  });

  /** What is answered at once, by turns. */
  const quick = (): readonly Asked[] => [
    { route: '/v1/products', request: { path: '/v1/products?limit=2' } },
    { route: PRODUCT, request: { path: `/v1/products/${product.id}` } },
    { route: PRODUCT, request: { path: `/v1/products/${product.id}`, headers: { 'if-none-match': '*' } } },
    { route: '/v1/products', request: { path: '/v1/products?limit=none' } },
    { route: '/v1/orders', request: { path: '/v1/orders', headers: { authorization: '' } } },
    { route: '(unmatched)', request: { path: '/nowhere' } },
    change({ 'if-match': '"999"' }),
    { route: '/v1/products', request: { method: 'POST', path: '/v1/products', body: JSON.stringify(aNewProduct()) } },
    { route: '/v1/products', request: { method: 'POST', path: '/v1/products', body: `"${'x'.repeat(70_000)}"` } },
  ];

  async function sendQuickOnes(count: number): Promise<void> {
    let left = count;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        const all = quick();
        const asked = all[(left -= 1) % all.length] as Asked;
        await answered(asked, await sent(asked));
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, worker));
  }

  /** As many changes as may be in flight, each waiting for the row that somebody holds. */
  async function waitingChanges(): Promise<readonly RawConnection[]> {
    const waiting = await Promise.all(Array.from({ length: WRITES_MAX }, () => sent(change())));
    const inFlight = async () =>
      sampleOf(await readMetrics(running.store.managementUrl), 'http_server_requests_in_flight');
    const endsAtMs = performance.now() + ARRIVAL_MAX_MS;
    for (let seen = await inFlight(); seen !== WRITES_MAX; seen = await inFlight()) {
      if (performance.now() > endsAtMs) throw new Error(`${seen} requests are in flight, and not ${WRITES_MAX}.`);
      await delay(10);
    }
    return waiting;
  }

  /** Some are shed while others wait, which then are out of time. */
  async function overload(): Promise<void> {
    const waiting = await waitingChanges();
    const shed = Array.from({ length: SHED_A_ROUND }, async () => answered(change(), await sent(change())));
    await Promise.all([...shed, ...waiting.map((connection) => answered(change(), connection))]);
  }

  /** All are there, and their clients leave. */
  async function desert(): Promise<void> {
    for (const connection of await waitingChanges()) {
      connection.reset();
      client.note('PATCH', PRODUCT, 499);
    }
    await readSettledMetrics(running.store.managementUrl);
  }

  it(
    'is counted, and logged, exactly as its client has seen it',
    async () => {
      const before = await readSettledMetrics(running.store.managementUrl);
      const from = running.store.logs.length;
      for (let round = 0; round < ROUNDS; round += 1) {
        const lock = await RowLock.on(running.adminUrl, product.id);
        await overload();
        await desert();
        await lock.release();
      }
      await sendQuickOnes(REQUESTS - client.size);
      const after = await readSettledMetrics(running.store.managementUrl);

      expect(client.size).toBe(REQUESTS);
      expect(client.statuses).toEqual(STATUSES);
      expect(countedBetween(before, after)).toEqual(client.tally);
      while (linesSince(from) < REQUESTS) await delay(10); // stdout is another way than the socket's
      expect(loggedSince(running.store, from)).toEqual(client.tally);
    },
    TEST_TIMEOUT_MS,
  );

  const linesSince = (from: number): number =>
    running.store.logs.slice(from).filter(({ msg }) => msg === 'request').length;
});
