import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { ConnectionDrain } from './connection-drain.js';

/** More than the buffers of the system between two sockets hold. */
const LARGE_BYTES = 20_000_000;
const ROUND_TRIP_MS = 300;
/** From the start of the drain. */
const SEVERAL_SWEEPS_MS = 800;
const REQUEST = 'GET / HTTP/1.1\r\nhost: service\r\n\r\n';

describe('ConnectionDrain', () => {
  let server: Server;
  let socket: Socket;
  let drain: ConnectionDrain;

  beforeEach(async () => {
    server = createServer();
    drain = new ConnectionDrain(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    await Promise.all([once(socket, 'connect'), once(server, 'connection')]);
  });

  afterEach(() => {
    socket.destroy();
    server.close();
    server.closeAllConnections();
  });

  it('takes no new connection', async () => {
    const { port } = server.address() as AddressInfo;
    const drained = drain.run();
    while (server.listening) await turn();

    await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    socket.destroy();
    await drained;
  });

  it('lets in who had connected before, and stood in the queue of the system', async () => {
    server.on('request', (_request, response) => response.setHeader('connection', 'close').end('served'));
    const { port } = server.address() as AddressInfo;
    const waiting = Array.from({ length: 50 }, () => connect(port, '127.0.0.1'));
    for (const client of waiting) client.write(REQUEST);
    await new Promise<void>((resolve) => process.nextTick(resolve)); // connected, without a turn for the server
    const drained = drain.run();
    const answers = await Promise.all(waiting.map((client) => text(client)));

    expect(answers.filter((answer) => !answer.endsWith('served'))).toEqual([]);
    socket.destroy();
    await drained;
  });

  it('answers a request that arrives on a connection which had been accepted before', async () => {
    server.on('request', (_request, response) => response.setHeader('connection', 'close').end('served'));
    const drained = drain.run();
    await delay(ROUND_TRIP_MS); // the way of the first request from the other side of the world
    socket.write(REQUEST);

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 [^]*served$/);
    await drained;
  });

  it('waits for the answer to what is in flight', async () => {
    let isDrained = false;
    const received = once(server, 'request') as Promise<[IncomingMessage, ServerResponse]>;
    socket.write(REQUEST);
    const [, response] = await received;
    const drained = drain.run().then(() => (isDrained = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDrained).toBe(false);

    response.setHeader('connection', 'close').end('at last');
    expect(await text(socket)).toContain('at last');
    await drained;
  });

  it('closes connections that nobody uses', async () => {
    socket.resume();

    await Promise.all([drain.run(), once(socket, 'close')]);
  });

  it('does not cut a large answer that a slow client has not read yet', async () => {
    server.on('request', (_request, response) => response.end(Buffer.alloc(LARGE_BYTES)));
    const received = once(server, 'request');
    socket.write(REQUEST);
    await received;
    const drained = drain.run();
    await delay(SEVERAL_SWEEPS_MS); // nothing tells that a connection was left alone

    expect((await buffer(socket)).byteLength).toBeGreaterThan(LARGE_BYTES);
    await drained;
  });

  it('is done at once where no connection is open', async () => {
    const closed = once(server, 'close');
    socket.destroy();
    await drain.run();
    await closed;
    const startedAtMs = performance.now();

    await drain.run(); // also where the server has closed already
    expect(performance.now() - startedAtMs).toBeLessThan(1_000);
  });
});
