import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { refused } from '../support/refused.js';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

/** Where the rest comes, it may take its time on a busy machine. */
const PATIENT_MS = 8000;
const IMPATIENT_MS = 1000;

describe('SIGTERM while a request is still arriving', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;
  let socket: Socket;

  beforeAll(async () => {
    database = await storeDatabase();
  });

  /** A store that has read what came of a request, and waits for the rest. */
  async function halfSent(bytes: string, receiveTimeoutMs: number): Promise<void> {
    store = await StoreProcess.start({
      databaseUrl: database.serviceUrl,
      env: {
        HTTP_HEADERS_TIMEOUT_MS: String(receiveTimeoutMs),
        HTTP_RECEIVE_TIMEOUT_MS: String(receiveTimeoutMs),
        SHUTDOWN_TIMEOUT_MS: '10000',
      },
    });
    await store.ready();
    const { hostname, port } = new URL(store.url);
    socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(bytes);
    // A later connection has its answer: this one, which came before, was accepted and read. One that nobody has accepted
    // is lost with its listener, and one that has said nothing is closed at once.
    expect((await fetch(`${store.url}/v1/products`)).status).toBe(200);
  }

  afterEach(async () => {
    socket.destroy();
    await store.stop();
  });

  afterAll(() => database.drop());

  it('answers it when its rest comes after the listener has closed', async () => {
    await halfSent('GET /v1/products HTTP/1.1\r\nhost: store\r\n', PATIENT_MS);
    store.signal('SIGTERM');
    await refused(store.url);
    socket.write('\r\n');

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nconnection: close\r\n/i);
    expect(await store.exited).toEqual({ code: 0, signal: null });
  });

  it('is not held by one whose rest never comes: it gets its 408, and the process ends with 0', async () => {
    await halfSent('GET /v1/products HTTP/1.1\r\nhost: sto', IMPATIENT_MS);
    store.signal('SIGTERM');

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 408 /);
    expect(await store.exited).toEqual({ code: 0, signal: null });
  });
});
