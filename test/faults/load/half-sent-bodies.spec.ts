import { afterEach, describe, expect, it } from '@jest/globals';
import { RawConnection } from '../../system/support/raw-connection.js';
import { requestBytes } from '../../system/support/request-bytes.js';
import { runningStore, type RunningStore } from '../../system/support/running-store.js';

const IN_FLIGHT_MAX = 20;
const RECEIVING_MAX = 60;
const RECEIVE_TIMEOUT_MS = 3000;
/** Shorter than the time to arrive, as it is by default. */
const REQUEST_TIMEOUT_MS = 1000;

/** Of somebody who may write: a stranger would be refused before the body. */
const HALF_SENT = requestBytes({
  method: 'POST',
  path: '/v1/products',
  headers: { 'content-length': '500' },
  body: '{',
});
const product = (sku: string) => ({
  method: 'POST',
  path: '/v1/products',
  body: JSON.stringify({ sku, name: 'Mug', category: 'tableware', price: { amount: 1, currency: 'EUR' }, stock: 1 }),
});

describe('requests whose bodies are on their way', () => {
  let running: RunningStore;
  let open: RawConnection[] = [];

  const start = async (env: Record<string, string> = {}): Promise<void> => {
    running = await runningStore({
      env: {
        SHED_IN_FLIGHT_MAX: String(IN_FLIGHT_MAX),
        SHED_RECEIVING_MAX: String(RECEIVING_MAX),
        HTTP_HEADERS_TIMEOUT_MS: '1000',
        HTTP_RECEIVE_TIMEOUT_MS: String(RECEIVE_TIMEOUT_MS),
        REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS),
        ...env,
      },
    });
  };
  const halfSend = async (count: number): Promise<void> => {
    open = await Promise.all(Array.from({ length: count }, () => RawConnection.to(running.store.url)));
    for (const connection of open) connection.send(HALF_SENT);
  };
  const answerTo = async (request: Parameters<typeof requestBytes>[0]) => {
    const connection = await RawConnection.to(running.store.url);
    connection.send(requestBytes(request));
    const answer = await connection.answer();
    connection.close();
    return answer;
  };

  afterEach(async () => {
    for (const connection of open) connection.close();
    await running.stop();
  });

  it('take no room from those that have arrived', async () => {
    await start();
    await halfSend(2 * IN_FLIGHT_MAX);

    expect((await answerTo(product('ROOM-1'))).status).toBe(201);
    expect((await answerTo({ path: '/v1/products' })).status).toBe(200);
  });

  it('have a bound of their own: then writes are refused, and reads are not', async () => {
    await start();
    await halfSend(RECEIVING_MAX);
    const refused = await answerTo(product('ROOM-2'));

    expect(refused.status).toBe(503);
    expect(refused.headers['connection']).toBe('close'); // its body is not read
    expect((await answerTo({ path: '/v1/products' })).status).toBe(200);
  });

  it('are answered once, with 408, when they do not arrive in time: the deadline has not begun', async () => {
    await start();
    await halfSend(1);
    const [connection] = open;
    const answer = await connection?.answer();

    expect(answer?.status).toBe(408);
    expect(answer?.headers['connection']).toBe('close');
    expect(await connection?.rest()).toBe('');
  });
});
