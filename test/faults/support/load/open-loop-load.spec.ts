import { afterEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OpenLoopLoad } from './open-loop-load.js';

describe('an open-loop load', () => {
  let server: Server;

  afterEach(() => void server.close().closeAllConnections());

  const served = async (listener: RequestListener): Promise<string> => {
    server = createServer(listener);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('sends as many requests as its rate says, over connections that it keeps', async () => {
    const url = await served((_request, response) => response.end('ok'));
    let connections = 0;
    server.on('connection', () => (connections += 1));

    const log = await OpenLoopLoad.start({
      url,
      request: { path: '/' },
      ratePerSecond: 500,
      durationMs: 200,
      connections: 4,
    }).finished;

    expect(log.summary()).toMatchObject({ count: 100, byResult: { 200: 100 } });
    expect(log.summary().goodputPerSecond).toBeGreaterThan(250);
    expect(connections).toBeLessThanOrEqual(4);
  });

  it('asks on while nobody answers, and counts the wait from when each was due', async () => {
    const url = await served(() => undefined);
    const load = OpenLoopLoad.start({
      url,
      request: { path: '/' },
      ratePerSecond: 200,
      durationMs: 150,
      connections: 1,
      timeoutMs: 300,
    });

    const log = await load.finished;

    expect(log.summary()).toMatchObject({ count: 30, byResult: { timeout: 30 } });
    expect(log.summary().p50Ms).toBeGreaterThanOrEqual(299);
    expect(log.summary().maxMs).toBeLessThan(300 + SLACK_MS);
  });

  it('logs statuses, their Retry-After and errors', async () => {
    const url = await served((request, response) => {
      if (request.url === '/0') response.end();
      else if (request.url === '/1') response.writeHead(503, { 'retry-after': '2' }).end();
      else response.destroy();
    });

    const log = await OpenLoopLoad.start({
      url,
      request: (index) => ({ path: `/${index}` }),
      ratePerSecond: 100,
      durationMs: 30,
    }).finished;

    expect(log.summary().byResult).toEqual({ 200: 1, 503: 1, UND_ERR_SOCKET: 1 });
    expect(log.with('503').outcomes).toEqual([expect.objectContaining({ status: 503, retryAfter: '2', error: null })]);
  });

  it('sends bodies', async () => {
    const bodies: string[] = [];
    const url = await served((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        bodies.push(`${request.method} ${body}`);
        response.writeHead(201).end();
      });
    });

    await OpenLoopLoad.start({
      url,
      request: { method: 'POST', path: '/', body: '{"a":1}', headers: { 'content-type': 'application/json' } },
      ratePerSecond: 10,
      durationMs: 100,
    }).finished;

    expect(bodies).toEqual(['POST {"a":1}']);
  });

  it('stops early, and tells of what it sent', async () => {
    const url = await served((_request, response) => response.end());
    const load = OpenLoopLoad.start({ url, request: { path: '/' }, ratePerSecond: 1_000, durationMs: 60_000 });
    await load.reached(10);

    const log = await load.stop();

    expect(log.outcomes.length).toBeGreaterThanOrEqual(10);
    expect(log.toMs - log.fromMs).toBeLessThan(10_000);
  });

  it('tells when all requests that are due by now have ended, while others go on', async () => {
    const held: (() => void)[] = [];
    const url = await served((request, response) => {
      if (request.url === '/3') held.push(() => response.end());
      else response.end();
    });
    const request = (index: number): { path: string } => ({ path: `/${index}` });
    const load = OpenLoopLoad.start({ url, request, ratePerSecond: 100, durationMs: 60_000 });
    await load.reached(6);
    let ended = false;
    const ending = load.dueEnded().then(() => (ended = true));
    await load.reached(20);

    expect(ended).toBe(false);
    held.forEach((answer) => answer());
    await ending;
    await load.stop();
  });

  it('can look at a part of its time', async () => {
    const url = await served((_request, response) => response.end());
    const log = await OpenLoopLoad.start({ url, request: { path: '/' }, ratePerSecond: 100, durationMs: 100 }).finished;

    expect(log.between(log.fromMs, log.fromMs + 45).outcomes).toHaveLength(5);
    expect(log.since(log.fromMs + 45).outcomes).toHaveLength(5);
  });

  it('refuses to grow beyond its bound', () => {
    const start = (): unknown =>
      OpenLoopLoad.start({ url: 'http://x.test', request: { path: '/' }, ratePerSecond: 10_000, durationMs: 60_000 });

    expect(start).toThrow('more than 200000');
  });
});
