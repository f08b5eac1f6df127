import { expect, it } from '@jest/globals';
import { AckPolicy, jetstream } from '@nats-io/jetstream';
import { appError } from '#kernel/app-error';
import { describeWith, NATS_SERVER } from '#platform/testing';
import { anEvent, aPeer } from '../testing/broker.scene.js';
import { consuming, ordersSubscription, QUICK_TRIES } from '../testing/consumer.scene.js';
import { ConsumerStage } from '../testing/consumer.stage.js';

class StoreAway extends appError({ code: 'test.store-away', kind: 'unavailable', title: 'Away', remedy: 'Wait.' }) {}

const nothing = async (): Promise<void> => {};

/** What breaks around consumers: the broker, what it remembers, and the store. */
describeWith(NATS_SERVER, 'JetStreamConsumers, when things break', () => {
  const stage = ConsumerStage.set();
  const { start, publish, info } = stage;

  it('waits through an outage of the store with the event in hand, and uses up none of its tries', async () => {
    let away = true;
    const event = anEvent();
    start({
      subscription: ordersSubscription(async () => {
        if (away) throw new StoreAway('The store is away.');
      }),
      // An outage that is far longer than what the broker waits for a sign of life.
      bounds: { ackWaitMs: 300 },
    });
    await publish(event);
    await stage.store.delivery.until(() => stage.store.delivery.triesOf(event.id) > QUICK_TRIES.triesMax + 2);
    const { delivered } = await info();
    away = false;
    await stage.store.delivery.untilConsumed(1);

    expect(delivered.consumer_seq).toBe(1);
    expect(stage.store.parked.events).toEqual([]);
  });

  it('gives an event that waits for the store back when it is stopped', async () => {
    const event = anEvent();
    const bounds = { ackWaitMs: 60_000, stopMs: 60_000 };
    start({
      bounds,
      subscription: ordersSubscription(async () => {
        throw new StoreAway('The store is away.');
      }),
    });
    await publish(event);
    await stage.store.delivery.until(() => stage.store.delivery.triesOf(event.id) > 1);
    await stage.running.pop()?.stop();
    start({ bounds, subscription: ordersSubscription(nothing) });
    await stage.store.delivery.untilConsumed(1);

    expect(stage.store.delivery.consumed).toEqual([event]);
  });

  it.each([
    ['while the store is away', new StoreAway('The store is away.')],
    ['for another reason', new RangeError('no room')],
  ])('loses no event that it can not park %s', async (_when, failure) => {
    const event = anEvent({ type: 'orders.order-placed.v2' });
    stage.store.parked.failure = failure;
    const asked = stage.store.parked.untilAsked(3);
    start({ subscription: ordersSubscription(nothing) });
    await publish(event);
    await asked;
    stage.store.parked.failure = null;
    await stage.store.parked.untilParked(1);

    expect(stage.store.parked.events).toMatchObject([{ eventId: event.id }]);
  });

  it('parks, untried, an event whose takers have died on it too often', async () => {
    const event = anEvent();
    await publish(event);
    const { consumers } = await stage.peer.manager();
    await consumers.add('mainstay', {
      durable_name: 'order-watcher',
      ack_policy: AckPolicy.Explicit,
      filter_subject: 'orders.order-placed.*',
    });
    const { client } = await stage.peer.connection.whenConnected(AbortSignal.timeout(5_000));
    const consumer = await jetstream(client).consumers.get('mainstay', 'order-watcher');
    for (let taker = 1; taker <= QUICK_TRIES.triesMax; taker += 1) (await consumer.next())?.nak();
    start({ subscription: ordersSubscription(nothing) });
    await stage.store.parked.untilParked(1);

    expect(stage.store.delivery.tries).toEqual([]);
    expect(stage.store.parked.events).toMatchObject([
      { eventId: event.id, reason: expect.stringContaining('given to consumers 3 times') },
    ]);
  });

  it.each(['down', 'kill'] as const)(
    'goes on after a restart of the broker (%s), with an event in hand',
    async (end) => {
      const begun = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      start({
        subscription: ordersSubscription(() => {
          begun.resolve();
          return finish.promise;
        }),
      });
      const [before, after] = [anEvent(), anEvent()];
      await publish(before);
      await begun.promise;
      await stage.server[end]();
      await stage.server.restart();
      finish.resolve();
      await stage.peer.connected();
      await publish(after);
      await stage.store.delivery.untilConsumed(2);
      // What was said of it in the meantime was lost: it comes again, and is known.
      await stage.store.delivery.until(() => stage.store.delivery.triesOf(before.id) > 1);

      expect(stage.store.delivery.consumed.map(({ id }) => id).sort()).toEqual([before.id, after.id].sort());
      expect(stage.store.parked.events).toEqual([]);
    },
  );

  it('makes its durable again when it was deleted, and knows what it has consumed', async () => {
    const [before, after] = [anEvent(), anEvent()];
    start({ subscription: ordersSubscription(nothing) });
    await publish(before);
    await stage.store.delivery.untilConsumed(1);
    await (await stage.peer.manager()).consumers.delete('mainstay', 'order-watcher');
    await publish(after);
    await stage.store.delivery.untilConsumed(2);

    expect(stage.store.delivery.consumed).toEqual([before, after]);
  });

  it('makes the stream and its durable again when both were deleted', async () => {
    start({ subscription: ordersSubscription(nothing) });
    await publish(anEvent());
    await stage.store.delivery.untilConsumed(1);
    await (await stage.peer.manager()).streams.delete('mainstay');
    await publish(anEvent());
    await stage.store.delivery.untilConsumed(2);

    expect((await info()).config.durable_name).toBe('order-watcher');
  });

  it('notices a broker that has fallen silent, and goes on when it speaks again', async () => {
    const quick = aPeer(stage.server.url, { NATS_PING_INTERVAL_MS: '100', NATS_CONNECT_TIMEOUT_MS: '200' });
    stage.running.push(consuming(quick, { store: stage.store, subscription: ordersSubscription(nothing) }));
    await publish(anEvent());
    await stage.store.delivery.untilConsumed(1);
    const lost = quick.connection.current?.closed;
    stage.server.pause();
    await lost;
    stage.server.resume();
    await publish(anEvent());
    await stage.store.delivery.untilConsumed(2);

    expect(stage.store.delivery.tries).toHaveLength(2);
    await stage.running.pop()?.stop();
    await quick.close();
  });
});
