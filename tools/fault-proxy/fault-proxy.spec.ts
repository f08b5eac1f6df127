import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SLACK_MS } from '#platform/testing';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { echoServer } from './testing/echo-server.ts';
import { FaultProxy } from './fault-proxy.ts';

describe('a fault proxy', () => {
  let echo: Awaited<ReturnType<typeof echoServer>>;
  let proxy: FaultProxy;
  let client: Socket;

  beforeEach(async () => {
    echo = await echoServer();
    proxy = await FaultProxy.to(echo.url);
    client = await connected(proxy);
  });

  afterEach(async () => {
    client.destroy();
    await proxy.close();
    echo.close();
  });

  it('passes everything on, and counts it, while nothing is wrong', async () => {
    client.end('hello');

    expect(await readAll(client)).toBe('hello');
    expect(proxy).toMatchObject({ connections: 1, bytes: { toTarget: 5, toClient: 5 } });
    expect(echo.heard).toEqual(['hello', 'end']);
  });

  it('delays what is on its way by the latency, once for each direction', async () => {
    proxy.latency(40);
    const startedAtMs = performance.now();
    client.end('hello');

    expect(await readAll(client)).toBe('hello');
    const tookMs = performance.now() - startedAtMs;
    expect(tookMs).toBeGreaterThanOrEqual(80);
    expect(tookMs).toBeLessThan(80 + SLACK_MS);
  });

  it('keeps the order under jitter', async () => {
    proxy.latency(1, 10);
    for (let word = 0; word < 20; word += 1) client.write(`${word} `);
    client.end();

    expect(await readAll(client)).toBe(Array.from({ length: 20 }, (_, word) => `${word} `).join(''));
  });

  it('lets a large answer suffer the latency once, not for each of its packets', async () => {
    proxy.latency(50, 0, 'toClient');
    const startedAtMs = performance.now();
    client.end('x'.repeat(2_000_000));

    expect(await readAll(client)).toHaveLength(2_000_000);
    expect(performance.now() - startedAtMs).toBeLessThan(4 * SLACK_MS);
  });

  it('lets through no more than the bandwidth', async () => {
    proxy.bandwidth(1_000, 'toClient');
    const startedAtMs = performance.now();
    client.end('x'.repeat(200));

    expect(await readAll(client)).toHaveLength(200);
    const tookMs = performance.now() - startedAtMs;
    expect(tookMs).toBeGreaterThanOrEqual(190);
    expect(tookMs).toBeLessThan(200 + SLACK_MS);
  });

  it('swallows everything in a black hole, the goodbye too, and lets it out when healed', async () => {
    proxy.blackHole();
    client.end('into the dark');
    const other = await connected(proxy);
    expect(await silentFor(50, client)).toBe(true);
    expect({ heard: echo.heard, bytes: proxy.bytes.toTarget }).toEqual({ heard: [], bytes: 0 });

    proxy.heal();

    expect(await readAll(client)).toBe('into the dark');
    expect(echo.heard).toEqual(['into the dark', 'end']);
    other.destroy();
  });

  it('can swallow the answers alone', async () => {
    proxy.blackHole('toClient');
    client.write('one way');

    expect(await silentFor(50, client)).toBe(true);
    expect(echo.heard).toEqual(['one way']);
  });

  it('resets both sides of what is connected, and takes new connections', async () => {
    client.write('hello');
    await once(client, 'data');

    proxy.reset();
    expect(await errorOf(client)).toBe('ECONNRESET');

    client = await connected(proxy);
    client.end('again');
    expect(await readAll(client)).toBe('again');
    expect(echo.heard).toContain('reset');
  });

  it('passes a reset on', async () => {
    client.write('hello');
    await once(client, 'data');
    client.resetAndDestroy();

    await proxyEmpty(proxy);
    expect(echo.heard).toEqual(['hello', 'reset']);
  });

  it('ends a connection after so many bytes, in good order', async () => {
    proxy.truncateAfter(4);
    client.write('truncated');

    expect(await readAll(client)).toBe('trun');
  });

  it('refuses connections while down, and serves on the same port when up again', async () => {
    const { url } = proxy;
    await proxy.down();
    expect(await errorOf(client)).toBe('ECONNRESET');
    await expect(connected(proxy)).rejects.toMatchObject({ code: 'ECONNREFUSED' });

    await proxy.up();

    client = await connected(proxy);
    client.end('back');
    expect({ said: await readAll(client), url: proxy.url }).toEqual({ said: 'back', url });
  });

  it('resets a client whose server is gone', async () => {
    const gone = await FaultProxy.to('http://127.0.0.1:1');
    const hopeful = await connected(gone);

    expect(await errorOf(hopeful)).toBe('ECONNRESET');
    await gone.close();
  });
});

async function connected(proxy: FaultProxy): Promise<Socket> {
  const { port, hostname } = new URL(proxy.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  return socket;
}

async function readAll(socket: Socket): Promise<string> {
  let all = '';
  for await (const chunk of socket) all += String(chunk);
  return all;
}

async function errorOf(socket: Socket): Promise<string | undefined> {
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  return error.code;
}

/** The absence of an event is the one thing that only time can show. */
async function silentFor(ms: number, socket: Socket): Promise<boolean> {
  return Promise.race([
    once(socket, 'data').then(() => false),
    new Promise<boolean>((resolve) => setTimeout(resolve, ms, true)),
  ]);
}

async function proxyEmpty(proxy: FaultProxy): Promise<void> {
  while (proxy.open > 0) await new Promise((resolve) => setImmediate(resolve));
}
