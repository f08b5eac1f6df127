import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer, TcpProxy } from '#platform/testing';
import type { ProductBody } from '../../system/support/store-client.js';
import { CAUGHT_UP_MS, TEST_MS } from './bounds.js';
import { buy, filledShelf, type Bought } from './support/buyers.js';
import { Deployment } from './support/deployment.js';
import { EventWitness, type PublishedEvent } from './support/event-witness.js';
import { learnedFrom, learnedIn } from './support/learned.js';
import { bySubject } from './support/order-of-events.js';
import { toldEvents, unsentEvents } from './support/told-events.js';
import { settled, until } from './support/until.js';

const ORDERS = 40;
/** A lost confirmation is soon noticed, and the connection that loses them is not left before the test ends that. */
const BOUNDS = { NATS_PUBLISH_TIMEOUT_MS: '500', NATS_PING_INTERVAL_MS: '20000' };

describeWith(NATS_SERVER, 'a broker whose confirmations are lost on the way to the store', () => {
  let broker: NatsServer;
  let proxy: TcpProxy;
  let deployment: Deployment;
  let shelf: readonly ProductBody[];
  let before: readonly Bought[];
  let witness: EventWitness;

  beforeAll(async () => {
    broker = await NatsServer.start();
    proxy = await TcpProxy.opened(broker.url);
    deployment = await Deployment.open({ broker, storeEnv: { NATS_URL: proxy.url, ...BOUNDS } });
    witness = await EventWitness.at(broker);
    shelf = await filledShelf(deployment.stores.first.url, 4);
    before = (await buy(deployment.storeUrls, shelf, { count: 1 })).bought; // from here on the stream takes orders
    await until('nothing waits', async () => (await unsentEvents(deployment.stores.database.url)) === 0, CAUGHT_UP_MS);
  }, TEST_MS);
  afterAll(async () => {
    await witness.close();
    await deployment.close();
    await proxy.close();
    await broker.stop();
  });

  it(
    'has each event published again under its own id, stored once, and each effect once',
    async () => {
      const { stores, learners } = deployment;
      const published = await witness.published('orders.>');
      proxy.swallowAnswers();

      const { statuses, bought } = await buy(deployment.storeUrls, shelf, { count: ORDERS, cancelEach: 4 });
      await stores.first.logged(({ msg }) => msg === 'the outbox is not relayed for now, trying on');
      const unconfirmed = (await witness.events('orders.')).slice(before.length);
      const [unsent, told] = [
        await unsentEvents(stores.database.url),
        await toldEvents(stores.database.url, 'orders.'),
      ];
      proxy.cut();
      const expected = learnedFrom([...before, ...bought]);
      const learned = await settled(() => learnedIn(learners.database.url), expected, CAUGHT_UP_MS);
      await settled(() => unsentEvents(stores.database.url), 0, CAUGHT_UP_MS);

      expect(statuses).toEqual(Array(ORDERS).fill(201));
      expect(unconfirmed.length).toBeGreaterThan(0);
      expect(unsent).toBe(told.length - before.length); // stored or not, none of them was taken for sent
      expect(learned).toEqual(expected);
      expect(repeated(published).length).toBeGreaterThanOrEqual(unconfirmed.length);
      expect(published.filter(({ id, messageId }) => messageId !== id)).toEqual([]);
      const stored = await witness.events('orders.');
      expect(bySubject(stored, 'id')).toEqual(bySubject(told, 'id'));
    },
    TEST_MS,
  );
});

const repeated = (published: readonly PublishedEvent[]): readonly PublishedEvent[] =>
  published.filter(({ id }, place) => published.findIndex((other) => other.id === id) < place);
