import { once } from 'node:events';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadSettings } from '#platform/config';
import { HttpSettings } from '../http.settings.js';
import { SheddingSettings } from '../shedding/shedding.settings.js';
import { createPublicServer, type PublicServer } from './fastify.js';
import type { ResponseOutcome } from './response-observer.js';

const REFUSED = /^HTTP\/1\.1 503 [^]*"code":"platform\.overloaded"/;

/** A connection, and all that has come on it. */
class Client {
  received = '';
  readonly closed: Promise<unknown>;

  constructor(readonly socket: Socket) {
    this.closed = once(socket, 'close');
    socket.on('data', (chunk: Buffer) => (this.received += chunk.toString('latin1'))).on('error', () => undefined);
  }

  get statuses(): readonly string[] {
    return [...this.received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status ?? '');
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await delay(2);
  }
}

describe('a server that has as much in flight as it may have', () => {
  let server: PublicServer;
  let release: () => void;
  let outcomes: ResponseOutcome[];
  let clients: Client[];

  const request = (line: string, headers = ''): string => `${line} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
  const sent = (bytes: string): Client => {
    const client = new Client(connect((server.fastify.server.address() as AddressInfo).port, '127.0.0.1'));
    clients.push(client);
    client.socket.write(bytes);
    return client;
  };
  const answersTo = async (bytes: string, count = 1): Promise<Client> => {
    const client = sent(bytes);
    await client.until(() => client.statuses.length === count);
    return client;
  };

  beforeEach(async () => {
    const settings = loadSettings({ NODE_ENV: 'test', SHED_IN_FLIGHT_MAX: '1' });
    server = await createPublicServer(settings.get(HttpSettings), settings.get(SheddingSettings));
    [outcomes, clients] = [[], []];
    server.pipeline.observedBy([{ responded: (outcome) => void outcomes.push(outcome) }]);
    const released = new Promise<void>((resolve) => (release = resolve));
    const config = { access: 'public' } as const;
    server.fastify.get('/held', { config }, () => released.then(() => ({})));
    server.fastify.all('/rooms/:id', { config }, () => ({}));
    await server.fastify.listen({ port: 0, host: '127.0.0.1' });
    sent(request('GET /held'));
    while (server.pipeline.inFlight === 0) await delay(2);
  });
  afterEach(async () => {
    release();
    for (const { socket } of clients) socket.destroy();
    await server.fastify.close();
  });

  it('refuses, and tells of it once: by the route that was asked for, with the ids of the answer', async () => {
    const ids = 'x-request-id: mine\r\ntraceparent: 00-0123456789abcdef0123456789abcdef-0123456789abcdef-01\r\n';
    const { received } = await answersTo(request('GET /rooms/7?token=canary', ids));

    expect(received).toMatch(REFUSED);
    expect(received).toMatch(/\r\nx-request-id: mine\r\n[^]*"instance":"\/rooms\/7","requestId":"mine"/);
    expect(received).toContain('"traceId":"0123456789abcdef0123456789abcdef"');
    expect(outcomes).toMatchObject([
      {
        ...{ method: 'GET', route: '/rooms/:id', status: 503, url: '/rooms/7?token=canary' },
        context: { requestId: 'mine', errorCode: 'platform.overloaded', clientAddress: '127.0.0.1' },
      },
    ]);
  });

  it('keeps the connection of who was refused, and serves it when there is room', async () => {
    const client = await answersTo(request('GET /rooms/7'));
    expect(client.received).not.toMatch(/\r\nconnection: close\r\n/i);
    release();
    await client.until(() => server.pipeline.inFlight === 0);
    client.socket.write(request('GET /rooms/7'));
    await client.until(() => client.statuses.length === 2);

    expect(client.statuses).toEqual(['503', '200']);
  });

  it('answers a HEAD without a body', async () => {
    const { received } = await answersTo(request('HEAD /rooms/7'));

    expect(received).toMatch(/^HTTP\/1\.1 503 [^]*\r\n\r\n$/);
  });

  it('answers all that came at once on one connection, in order', async () => {
    const client = await answersTo(request('GET /rooms/1') + request('GET /rooms/2') + request('GET /rooms/3'), 3);

    const instances = [...client.received.matchAll(/"instance":"([^"]*)"/g)].map(([, instance]) => instance);
    expect(instances).toEqual(['/rooms/1', '/rooms/2', '/rooms/3']);
    await client.until(() => outcomes.length === 3);
    release();
    await client.until(() => server.pipeline.inFlight === 0);
    expect(server.pipeline.wouldRefuse('GET')).toBe(false);
  });

  it('closes where a body is on its way: it is not read', async () => {
    const client = await answersTo(request('POST /rooms/7', 'content-length: 60000\r\n') + '{');
    await client.closed;

    expect(client.received).toMatch(/\r\nconnection: close\r\n/i);
    expect(client.received).toMatch(REFUSED);
  });

  it('gives its own answer to who was refused, and is not at fault for the bytes that came behind', async () => {
    const client = await answersTo(`${request('GET /rooms/7')}no HTTP\r\n\r\n`);
    await client.closed;

    expect(client.statuses).toEqual(['503']);
    expect(client.received).toMatch(/\r\nconnection: close\r\n/i);
  });

  it('gives no second answer to a body that comes behind a method that is known for none', async () => {
    const client = await answersTo(request('GET /rooms/7', 'transfer-encoding: chunked\r\n'));
    client.socket.write('zz\r\n');
    await client.closed;

    expect(client.statuses).toEqual(['503']);
  });

  it('asks the refused to go elsewhere while it drains', async () => {
    server.pipeline.drain();

    expect((await answersTo(request('GET /rooms/7'))).received).toMatch(/\r\nconnection: close\r\n/i);
  });

  it('ends the connection of a request whose framing is in doubt, also then', async () => {
    const client = await answersTo(request('GET /rooms/7', 'transfer-encoding: chunked, chunked\r\n'));
    await client.closed;

    expect(client.received).toMatch(/\r\nconnection: close\r\n/i);
  });
});
