import { expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER } from '#platform/testing';
import { Subscription } from '../../consuming/subscription.js';
import type { CloudEvent } from '../../event/cloud-event.js';
import { anEvent, aPeer } from '../testing/broker.scene.js';
import { consuming, ordersSubscription, QUICK_TRIES } from '../testing/consumer.scene.js';
import { ConsumerStage } from '../testing/consumer.stage.js';

const nothing = async (): Promise<void> => {};

describeWith(NATS_SERVER, 'JetStreamConsumers', () => {
  const stage = ConsumerStage.set();
  const { start, publish, info } = stage;
  const raw = async (text: string): Promise<void> => {
    await stage.peer.stream.ensure(await stage.peer.connection.whenConnected(AbortSignal.timeout(1_000)), ['orders.>']);
    await stage.peer.connection.current?.client.request('orders.order-placed.v1', text);
  };

  it('hands over each event once, those of one aggregate in their order, also those from before its start', async () => {
    const aggregates = ['one', 'two', 'three'];
    const events = Array.from({ length: 60 }, (_, n) => anEvent({ subject: aggregates[n % 3] ?? '', data: { n } }));
    await publish(...events.slice(0, 30));
    // The first of each takes the longest: side by side, its successors would overtake it.
    start({
      subscription: ordersSubscription(
        ({ data }) => new Promise((done) => setTimeout(done, 12 - (Number(data['n']) % 12))),
      ),
    });
    await publish(...events.slice(30));
    await stage.store.delivery.untilConsumed(60);

    for (const subject of aggregates) {
      const numbers = (list: readonly CloudEvent[]) =>
        list.filter((one) => one.subject === subject).map(({ data }) => data['n']);
      expect(numbers(stage.store.delivery.consumed)).toEqual(numbers(events));
    }
    expect(stage.store.delivery.tries).toHaveLength(60);
  });

  it('runs no more handlers at one time than it may, those of all consumers together', async () => {
    let running = 0;
    let most = 0;
    const handler = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((done) => setTimeout(done, 5));
      running -= 1;
    };
    const others = [
      new Subscription('till-watcher', [{ family: 'orders.till-opened', version: 1, handler }]),
      new Subscription('shelf-watcher', [{ family: 'orders.shelf-filled', version: 1, handler }]),
    ];
    const types = ['orders.order-placed.v1', 'orders.till-opened.v1', 'orders.shelf-filled.v1'];
    await publish(...Array.from({ length: 60 }, (_, n) => anEvent({ type: types[n % 3] ?? '' })));
    start({ subscription: ordersSubscription(handler), others });
    await stage.store.delivery.untilConsumed(60);

    expect(most).toBe(stage.peer.settings.consumerConcurrency);
  });

  it('tries a failing event so often, at growing distances, and parks it with its reason; others flow meanwhile', async () => {
    const poison = anEvent();
    const others = [anEvent(), anEvent()];
    start({
      subscription: ordersSubscription(async ({ id }) => {
        if (id === poison.id) throw new RangeError('no such product');
      }),
    });
    await publish(poison, ...others);
    await stage.store.parked.untilParked(1);

    const tries = stage.store.delivery.tries.filter(({ id }) => id === poison.id).map(({ atMs }) => atMs);
    const [first = 0, second = 0, third = 0] = tries;
    expect(tries).toHaveLength(QUICK_TRIES.triesMax);
    expect(second - first).toBeGreaterThanOrEqual(QUICK_TRIES.retryBaseMs / 2);
    expect(third - second).toBeGreaterThanOrEqual(QUICK_TRIES.retryBaseMs);
    expect(stage.store.parked.events).toEqual([
      {
        consumer: 'order-watcher',
        eventId: poison.id,
        type: 'orders.order-placed.v1',
        envelope: JSON.stringify(poison),
        reason: 'RangeError: no such product',
        parkedAt: expect.any(Date),
      },
    ]);
    expect(stage.store.delivery.consumed).toEqual(others);
    expect(stage.store.observer.told).toEqual(['order-watcher orders.order-placed.v1']);
  });

  it('parks an event of a version that it does not know at once', async () => {
    const event = anEvent({ type: 'orders.order-placed.v2' });
    start({ subscription: ordersSubscription(nothing) });
    await publish(event);
    await stage.store.parked.untilParked(1);

    expect(stage.store.delivery.triesOf(event.id)).toBe(1);
    expect(stage.store.parked.events).toMatchObject([
      { eventId: event.id, reason: expect.stringMatching(/^UnknownEventVersion: /) },
    ]);
  });

  it.each([
    ['no JSON', '{"specversion":'],
    ['another type than its subject', JSON.stringify(anEvent({ type: 'orders.order-cancelled.v1' }))],
    ['an id that is no UUID', JSON.stringify(anEvent({ id: 'order-7' }))],
    ['a NUL, which no Postgres keeps', '\0'],
  ])('parks at once, as it came, what is no event: %s', async (_what, text) => {
    start({ subscription: ordersSubscription(nothing) });
    await raw(text);
    await stage.store.parked.untilParked(1);

    expect(stage.store.delivery.tries).toEqual([]);
    expect(stage.store.parked.events).toMatchObject([
      {
        eventId: expect.stringMatching(/^mainstay:1:\d+$/),
        type: 'orders.order-placed.v1',
        envelope: text.replace('\0', '\uFFFD'),
        reason: expect.stringMatching(/^EventUnreadable: /),
      },
    ]);
  });

  it('passes over events beside its families, where the filter of the broker is wider', async () => {
    const subscription = new Subscription('order-watcher', [
      { family: 'orders.order-placed', version: 1, handler: nothing },
      { family: 'orders.order-cancelled', version: 1, handler: nothing },
    ]);
    const cancelled = anEvent({ type: 'orders.order-cancelled.v1' });
    start({ subscription });
    await publish(anEvent({ type: 'orders.order-shipped.v1' }), cancelled);
    await stage.store.delivery.untilConsumed(1);

    expect(stage.store.delivery.tries.map(({ id }) => id)).toEqual([cancelled.id]);
    expect((await info()).config).toMatchObject({
      filter_subject: 'orders.>',
      ack_policy: 'explicit',
      deliver_policy: 'all',
    });
  });

  it('hears of a family that it has learned since, with the durable that it has', async () => {
    start({ subscription: ordersSubscription(nothing) });
    await publish(anEvent());
    await stage.store.delivery.untilConsumed(1);
    await stage.running.pop()?.stop();

    start({
      subscription: new Subscription('order-watcher', [
        { family: 'orders.order-placed', version: 1, handler: nothing },
        { family: 'catalog.product-changed', version: 1, handler: nothing },
      ]),
    });
    await publish(anEvent({ type: 'catalog.product-changed.v1' }), anEvent());
    await stage.store.delivery.untilConsumed(3);

    expect((await info()).num_pending).toBe(0);
  });

  it('shares the work with other processes', async () => {
    const other = aPeer(stage.server.url);
    const held = Promise.withResolvers<void>();
    const takers = new Set<string>();
    const takenBy = (name: string) =>
      ordersSubscription(async () => {
        takers.add(name);
        if (takers.size === 2) held.resolve();
        await held.promise;
      });
    start({ subscription: takenBy('this') });
    stage.running.push(consuming(other, { store: stage.store, subscription: takenBy('other') }));
    await publish(...Array.from({ length: 24 }, () => anEvent()));
    await stage.store.delivery.untilConsumed(24);

    expect([...takers].sort()).toEqual(['other', 'this']);
    expect(stage.store.delivery.tries).toHaveLength(24);
    await stage.running.pop()?.stop();
    await other.close();
  });

  it('finishes what it has begun when it is stopped, and takes nothing more', async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const subscription = ordersSubscription(async () => {
      begun.resolve();
      await finish.promise;
    });
    start({ subscription });
    await publish(anEvent());
    await begun.promise;
    const stopped = stage.running.pop()?.stop();
    await publish(anEvent());
    finish.resolve();
    await stopped;

    expect(stage.store.delivery.consumed).toHaveLength(1);
    while ((await info()).num_ack_pending > 0); // what was said is on its way for a moment
    expect((await info()).num_pending).toBe(1);
  });

  it('gives back, for another process at once, what it could not finish in time', async () => {
    const begun = Promise.withResolvers<void>();
    const hanging = ordersSubscription(() => {
      begun.resolve();
      return new Promise<never>(() => undefined);
    });
    // Nobody gets it by waiting for the broker to lose patience.
    const bounds = { ackWaitMs: 60_000, stopMs: 50 };
    start({ subscription: hanging, bounds });
    await publish(anEvent());
    await begun.promise;
    await stage.running.pop()?.stop();
    const other = aPeer(stage.server.url);
    stage.running.push(consuming(other, { store: stage.store, subscription: ordersSubscription(nothing), bounds }));
    await stage.store.delivery.untilConsumed(1);

    expect(stage.store.delivery.tries).toHaveLength(2);
    await stage.running.pop()?.stop();
    await other.close();
  });

  it('gives back, for another process at once, what waits for its turn when it is stopped', async () => {
    const narrow = aPeer(stage.server.url, { NATS_CONSUMER_CONCURRENCY: '1' });
    await narrow.connected();
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const busy = ordersSubscription(() => {
      begun.resolve();
      return finish.promise;
    });
    const tillWatcher = new Subscription('till-watcher', [
      { family: 'orders.till-opened', version: 1, handler: nothing },
    ]);
    const waiting = anEvent({ type: 'orders.till-opened.v1' });
    const bounds = { ackWaitMs: 60_000, stopMs: 60_000 };
    const stopping = consuming(narrow, { store: stage.store, subscription: busy, others: [tillWatcher], bounds });
    await publish(anEvent());
    await begun.promise;
    await publish(waiting);
    while ((await info('till-watcher').catch(() => null))?.num_ack_pending !== 1);

    const stopped = stopping.stop();
    start({ subscription: tillWatcher, bounds });
    await stage.store.delivery.until(() => stage.store.delivery.consumed.some(({ id }) => id === waiting.id));
    finish.resolve();
    await stopped;
    expect(stage.store.delivery.triesOf(waiting.id)).toBe(1);
    await narrow.close();
  });
});
