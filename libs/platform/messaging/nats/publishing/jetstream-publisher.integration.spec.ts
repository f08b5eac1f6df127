import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer, SLACK_MS, TcpProxy } from '#platform/testing';
import type { CloudEvent } from '../../event/cloud-event.js';
import { BrokerUnavailable } from '../../publishing/event-publisher.js';
import { anEvent, aPeer, type Peer } from '../testing/broker.scene.js';
import { EventRefused } from './event-refused.js';

const PUBLISH_TIMEOUT_MS = 500;
const BOUNDS = { NATS_PUBLISH_TIMEOUT_MS: String(PUBLISH_TIMEOUT_MS) };

describeWith(NATS_SERVER, 'JetStreamPublisher', () => {
  let server: NatsServer;
  let proxy: TcpProxy;
  let peer: Peer;
  /** Sees the broker as it is, whatever the proxy does. */
  let witness: Peer;

  beforeAll(async () => {
    server = await NatsServer.start();
    witness = aPeer(server.url);
  });
  afterAll(async () => {
    await witness.close();
    await server.stop();
  });

  beforeEach(async () => {
    proxy = await TcpProxy.opened(server.url);
    peer = aPeer(proxy.url, BOUNDS);
    await peer.connected();
  });
  afterEach(async () => {
    await peer.close();
    await proxy.close();
    const { streams } = await witness.manager();
    for await (const { config } of streams.list()) await streams.delete(config.name);
  });

  const publish = (event: CloudEvent, messageId = event.id) => peer.publisher.publish(event, messageId);
  const stored = async (): Promise<number> => (await (await witness.manager()).streams.info('mainstay')).state.messages;
  const messageAt = async (seq: number) => {
    const message = await (await witness.manager()).streams.getMessage('mainstay', { seq });
    if (message === null) throw new Error(`Nothing is stored at ${seq}.`);
    return message;
  };
  const durationMs = async (work: Promise<unknown>): Promise<number> => {
    const startedAtMs = performance.now();
    await work.catch(() => undefined);
    return performance.now() - startedAtMs;
  };

  it('stores an event under its type, as CloudEvents have it, with its id and its trace', async () => {
    const event = anEvent();
    await publish(event, 'the id of the message');

    const { subject, header, data } = await messageAt(1);
    expect(subject).toBe('orders.order-placed.v1');
    expect(JSON.parse(new TextDecoder().decode(data))).toEqual(event);
    expect(header.get('Nats-Msg-Id')).toBe('the id of the message');
    expect(header.get('Content-Type')).toBe('application/cloudevents+json');
    expect(header.get('traceparent')).toBe(event.traceparent);
  });

  it('leaves out a trace that is none', async () => {
    await publish(anEvent({ traceparent: '' }));

    expect((await messageAt(1)).header.has('traceparent')).toBe(false);
  });

  it('has an event stored once, however often it is published with one id', async () => {
    const event = anEvent();
    for (let time = 1; time <= 3; time += 1) await publish(event);

    expect(await stored()).toBe(1);
  });

  it('makes room in the stream for each module whose events it publishes', async () => {
    await publish(anEvent());
    await publish(anEvent({ type: 'catalog.product-changed.v1' }));

    expect(await stored()).toBe(2);
  });

  it('takes a broker that is away for unavailable at once, and works again when it is back', async () => {
    await publish(anEvent());
    await server.down();
    const refused = publish(anEvent());

    await expect(refused).rejects.toThrow(BrokerUnavailable);
    expect(await durationMs(publish(anEvent()))).toBeLessThan(SLACK_MS);

    await server.restart();
    await peer.connected();
    await publish(anEvent());
    expect(await stored()).toBe(2);
  });

  it('gives a broker that has fallen silent no longer than the time-out', async () => {
    await publish(anEvent());
    proxy.freeze();
    const silent = publish(anEvent());

    expect(await durationMs(silent)).toBeLessThan(PUBLISH_TIMEOUT_MS + SLACK_MS);
    await expect(silent).rejects.toThrow(BrokerUnavailable);
    await proxy.close();
    await proxy.open();
  });

  it('publishes an event again whose confirmation was swallowed, and it is stored once', async () => {
    await publish(anEvent());
    const event = anEvent();
    proxy.swallowAnswers();

    await expect(publish(event)).rejects.toThrow(BrokerUnavailable);
    const lost = peer.connection.current?.closed;
    proxy.cut();
    await lost;
    await peer.connected();
    await publish(event);

    expect(await stored()).toBe(2);
  });

  it("takes a payload above the server's limit for the event's own fault", async () => {
    const event = anEvent({ data: { text: 'x'.repeat(2 * 1024 * 1024) } });

    await expect(publish(event)).rejects.toThrow(EventRefused);
    await expect(publish(event)).rejects.toThrow(/max_payload/);
  });

  it("takes a payload above the stream's limit for the event's own fault", async () => {
    await publish(anEvent());
    await (await peer.manager()).streams.update('mainstay', { max_msg_size: 2_000 });

    await expect(publish(anEvent({ data: { text: 'x'.repeat(3_000) } }))).rejects.toThrow(EventRefused);
    await publish(anEvent());
    expect(await stored()).toBe(2);
  });

  it('refuses what could be no subject', async () => {
    await expect(publish(anEvent({ type: 'orders.*' }))).rejects.toThrow(EventRefused);
  });

  it('makes a stream again that was deleted', async () => {
    await publish(anEvent());
    await (await peer.manager()).streams.delete('mainstay');
    await publish(anEvent());

    expect(await stored()).toBe(1);
  });

  it('notices a deleted stream also where somebody else listens, who confirms nothing', async () => {
    await publish(anEvent());
    await (await peer.manager()).streams.delete('mainstay');
    peer.connection.current?.client.subscribe('orders.>', { callback: () => undefined });

    await expect(publish(anEvent())).rejects.toThrow(BrokerUnavailable);
    await publish(anEvent());
    expect(await stored()).toBe(1);
  });
});
