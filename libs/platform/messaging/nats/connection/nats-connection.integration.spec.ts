import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describeWith, NATS_SERVER, NatsServer, SLACK_MS, TcpProxy } from '#platform/testing';
import { aPeer, natsSettings, type Peer } from '../testing/broker.scene.js';
import { BrokerExpectation } from './broker-expectation.js';
import { BrokerLink } from './broker-link.js';
import { MissingBroker } from './missing-broker.js';
import { NatsConnection } from './nats-connection.js';
import { NatsHealth } from './nats-health.js';

const PING_INTERVAL_MS = 100;
const QUICK = { NATS_PING_INTERVAL_MS: String(PING_INTERVAL_MS), NATS_CONNECT_TIMEOUT_MS: '200' };

describeWith(NATS_SERVER, 'NatsConnection', () => {
  let server: NatsServer;
  let peer: Peer | undefined;

  beforeAll(async () => void (server = await NatsServer.start()));
  afterAll(() => server.stop());
  afterEach(async () => {
    await peer?.close();
    jest.restoreAllMocks();
  });

  const healthOf = ({ settings, connection }: Pick<Peer, 'settings' | 'connection'>) =>
    new NatsHealth(settings, connection, new MissingBroker(settings, new BrokerExpectation(false)));

  it('rests without a broker in the settings, and ends', async () => {
    const settings = natsSettings(undefined);
    const connection = new NatsConnection(settings);
    await connection.onModuleInit();

    expect(await healthOf({ settings, connection }).details()).toEqual({ status: 'up', events: 'in-process' });
    await connection.onApplicationShutdown();
  });

  it('tells how the broker is, and is ready whatever it says', async () => {
    const proxy = await TcpProxy.closed(server.url);
    peer = aPeer(proxy.url, QUICK);
    const health = healthOf(peer);
    expect(await health.details()).toEqual({ status: 'down', reason: 'not connected' });
    expect(await health.readiness()).toEqual({ status: 'up' });

    await proxy.open();
    await peer.connected();
    expect(await health.details()).toEqual({ status: 'up', latencyMs: expect.any(Number) });
    await proxy.close();
  });

  it('leaves a broker that has fallen silent after three pings, also with megabytes that it has not read', async () => {
    const proxy = await TcpProxy.opened(server.url);
    peer = aPeer(proxy.url, QUICK);
    await peer.connected();
    const link = peer.connection.current;
    proxy.freeze();
    const startedAtMs = performance.now();
    for (let n = 0; n < 20; n += 1) link?.client.publish('nobody.hears', new Uint8Array(1_000_000));
    await link?.closed;

    expect(performance.now() - startedAtMs).toBeLessThan(4 * PING_INTERVAL_MS + SLACK_MS);
    await proxy.close();
  });

  it('leaves no socket behind where it is let in and hears nothing', async () => {
    let letIn = 0;
    const silent = createServer((socket) => {
      letIn += 1;
      socket.on('error', () => undefined).resume();
    });
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const settings = natsSettings(`nats://127.0.0.1:${(silent.address() as AddressInfo).port}`, QUICK);
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect(BrokerLink.open(settings, { refused: () => undefined })).rejects.toThrow();
    }
    // It ends when the last of them is closed, and else never.
    await new Promise((done) => silent.close(done));

    expect(letIn).toBe(3);
  });

  it('logs an absence once, without credentials, and the arrival', async () => {
    const lines: string[] = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: string) => void lines.push(line));
    jest.spyOn(Logger.prototype, 'log').mockImplementation((line: string) => void lines.push(line));
    const proxy = await TcpProxy.closed(server.url);
    const url = new URL(proxy.url);
    [url.username, url.password] = ['keeper', '12345'];
    const thirdAttempt = Promise.withResolvers<void>();
    const open = BrokerLink.open;
    let attempts = 0;
    jest.spyOn(BrokerLink, 'open').mockImplementation((...args) => {
      attempts += 1;
      if (attempts === 3) thirdAttempt.resolve();
      return open.call(BrokerLink, ...args);
    });
    peer = aPeer(url.href, QUICK);
    await thirdAttempt.promise;
    await proxy.open();
    await peer.connected();

    expect(lines).toEqual([
      "The broker is not well, trying on: it isn't reachable: connection refused",
      'The broker is reached.',
    ]);
    await proxy.close();
  });

  it('ends within its bound while the broker is silent', async () => {
    const proxy = await TcpProxy.opened(server.url);
    peer = aPeer(proxy.url);
    await peer.connected();
    proxy.freeze();
    const startedAtMs = performance.now();
    await peer.close();

    expect(performance.now() - startedAtMs).toBeLessThan(2_000 + SLACK_MS);
    await proxy.close();
  });
});
