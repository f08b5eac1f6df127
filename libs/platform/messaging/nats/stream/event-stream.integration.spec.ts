import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { nanos } from '@nats-io/transport-node';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import { anEvent, aPeer, type Peer } from '../testing/broker.scene.js';

const HOUR_MS = 3_600_000;

describeWith(NATS_SERVER, 'EventStream', () => {
  let server: NatsServer;
  let peers: Peer[];

  beforeAll(async () => void (server = await NatsServer.start()));
  afterAll(() => server.stop());
  beforeEach(() => void (peers = []));
  afterEach(async () => {
    const { streams } = await aPeerHere().manager();
    for await (const { config } of streams.list()) await streams.delete(config.name);
    await Promise.all(peers.map((peer) => peer.close()));
  });

  const aPeerHere = (env: Readonly<Record<string, string>> = {}): Peer => {
    const peer = aPeer(server.url, env);
    peers.push(peer);
    return peer;
  };
  const ensure = async ({ connection, stream }: Peer, ...subjects: readonly string[]): Promise<void> =>
    stream.ensure(await connection.whenConnected(AbortSignal.timeout(5_000)), subjects);
  const configuration = async () => (await (await aPeerHere().manager()).streams.info('mainstay')).config;

  it('makes the stream as the settings say', async () => {
    await ensure(aPeerHere({ NATS_STREAM_MAX_AGE_HOURS: '24', NATS_STREAM_MAX_BYTES: '2097152' }), 'orders.>');

    expect(await configuration()).toMatchObject({
      subjects: ['orders.>'],
      storage: 'file',
      retention: 'limits',
      discard: 'old',
      num_replicas: 1,
      max_age: nanos(24 * HOUR_MS),
      max_bytes: 2_097_152,
      duplicate_window: nanos(120_000),
    });
  });

  it('adds subjects to those that are there, and leaves what an operator has changed', async () => {
    await ensure(aPeerHere(), 'orders.>');
    await (await aPeerHere().manager()).streams.update('mainstay', { max_age: nanos(HOUR_MS), max_msg_size: 5_000 });
    await ensure(aPeerHere(), 'catalog.>');
    await ensure(aPeerHere(), 'orders.>', 'catalog.>');

    expect(await configuration()).toMatchObject({
      subjects: ['orders.>', 'catalog.>'],
      max_age: nanos(HOUR_MS),
      max_msg_size: 5_000,
    });
  });

  it('is content with several replicas that make it at once', async () => {
    const replicas = Array.from({ length: 6 }, () => aPeerHere());
    await Promise.all(replicas.map((peer) => peer.connected()));
    await Promise.all(replicas.map((peer) => ensure(peer, 'orders.>')));
    await Promise.all(replicas.map(({ publisher }, n) => publisher.publish(anEvent(), `message ${n}`)));

    const { config, state } = await (await aPeerHere().manager()).streams.info('mainstay');
    expect(config.subjects).toEqual(['orders.>']);
    expect(state.messages).toBe(replicas.length);
  });

  it('has the subjects of each service after they have made it at once, when each has published', async () => {
    const services = ['orders', 'catalog', 'payments'].map((name) => ({ name, peer: aPeerHere() }));
    await Promise.all(services.map(({ peer }) => peer.connected()));
    await Promise.all(services.map(({ name, peer }) => ensure(peer, `${name}.>`)));
    for (const { name, peer } of services) {
      const event = anEvent({ type: `${name}.thing-happened.v1` });
      await peer.publisher.publish(event, event.id);
    }

    expect([...(await configuration()).subjects].sort()).toEqual(['catalog.>', 'orders.>', 'payments.>']);
  });

  it('tells why, where another stream has the subjects', async () => {
    const { streams } = await aPeerHere().manager();
    await streams.add({ name: 'elsewhere', subjects: ['orders.>'] });

    await expect(ensure(aPeerHere(), 'orders.>')).rejects.toThrow(/overlap/);
    await streams.delete('elsewhere');
  });
});
