import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { storeDatabase } from '../support/store-database.js';
import { StoreProcess } from '../support/store-process.js';

const CONNECTIONS = 10;
/** From the signal to the exit, where nothing is in flight: a sweep or two, and the pools. */
const PROMPT_MS = 2500;

describe('SIGTERM with connections that nobody uses', () => {
  let database: Awaited<ReturnType<typeof storeDatabase>>;
  let store: StoreProcess;
  let sockets: Socket[] = [];

  beforeAll(async () => {
    database = await storeDatabase();
  });

  beforeEach(async () => {
    store = await StoreProcess.start({ databaseUrl: database.serviceUrl });
    await store.ready();
    sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => connected(store.url)));
  });

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await store.stop();
  });

  afterAll(() => database.drop());

  it('is not held by connections that are kept alive after an answer', async () => {
    await Promise.all(sockets.map(askOnce));

    expect(await endOf(store)).toMatchObject({ code: 0, prompt: true });
  });

  it('is not held by connections that never carried a request', async () => {
    expect(await endOf(store)).toMatchObject({ code: 0, prompt: true });
  });

  it('is not held by connections to the management port', async () => {
    const probes = await Promise.all(Array.from({ length: CONNECTIONS }, () => connected(store.managementUrl)));

    expect(await endOf(store)).toMatchObject({ code: 0, prompt: true });
    for (const probe of probes) probe.destroy();
  });
});

async function connected(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

async function askOnce(socket: Socket): Promise<void> {
  const answered = once(socket, 'data');
  socket.write('GET /v1/products HTTP/1.1\r\nhost: store\r\n\r\n');
  await answered;
}

async function endOf(store: StoreProcess): Promise<{ code: number | null; prompt: boolean; durationMs: number }> {
  const signalledAtMs = performance.now();
  store.signal('SIGTERM');
  const { code } = await store.exited;
  const durationMs = performance.now() - signalledAtMs;
  return { code, prompt: durationMs < PROMPT_MS, durationMs };
}
