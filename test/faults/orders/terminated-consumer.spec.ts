import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import { PATIENT, RowLock } from '../../system/support/row-lock.js';
import type { ServiceProcess } from '../../system/support/service-process.js';
import type { ProductBody } from '../../system/support/store-client.js';
import { CAUGHT_UP_MS, END_MS, TEST_MS } from './bounds.js';
import { buy, filledShelf } from './support/buyers.js';
import { Deployment } from './support/deployment.js';
import { EventWitness } from './support/event-witness.js';
import { learnedFrom, learnedIn } from './support/learned.js';
import { settled } from './support/until.js';

const ORDERS = 40;
const CANCELLED = 12;
const IN_HAND = 8;
const HELD = {
  ...PATIENT,
  NATS_CONSUMER_CONCURRENCY: String(IN_HAND),
  EVENT_HANDLER_TIMEOUT_MS: '20000',
  DATABASE_POOL_MAX: String(IN_HAND + 4),
};

describeWith(NATS_SERVER, 'a consumer that is terminated with events in hand', () => {
  let broker: NatsServer;
  let deployment: Deployment;
  let shelf: readonly ProductBody[];
  let lock: RowLock;

  beforeAll(async () => {
    broker = await NatsServer.start();
    deployment = await Deployment.open({ broker, recommenders: 2, recommenderEnv: HELD });
    shelf = await filledShelf(deployment.stores.first.url, 5);
    lock = await RowLock.onTable(deployment.learners.database.url, 'recommendations.purchases');
  }, TEST_MS);
  afterAll(async () => {
    await deployment.close();
    await broker.stop();
  });

  const consumedBy = ({ logs }: ServiceProcess): readonly string[] =>
    logs.filter(({ msg, outcome }) => msg === 'event' && outcome === 'consumed').map(({ eventId }) => String(eventId));

  it(
    'ends in time and in good order; each event has its effect once, by it or by the other',
    async () => {
      const [staying, leaving] = [deployment.learners.at(0), deployment.learners.at(1)];
      // First those that nobody cancels: an event that waits for another of its order would hold no statement.
      const kept = await buy(deployment.storeUrls, shelf, { count: ORDERS });
      await lock.waitedFor(2 * IN_HAND); // all that both can have in hand
      const cancelled = await buy(deployment.storeUrls, shelf, { count: CANCELLED, cancelEach: 1 });
      const bought = [...kept.bought, ...cancelled.bought];
      const doneBefore = [...consumedBy(staying), ...consumedBy(leaving)];

      leaving.signal('SIGTERM');
      await leaving.logged(({ msg }) => msg === 'shutting down');
      await lock.release();
      const releasedAtMs = performance.now();
      const exit = await leaving.exited;
      const tookMs = performance.now() - releasedAtMs;
      const expected = learnedFrom(bought);
      const learned = await settled(() => learnedIn(deployment.learners.database.url), expected, CAUGHT_UP_MS);

      expect(doneBefore).toEqual([]);
      expect(exit).toEqual({ code: 0, signal: null });
      expect(tookMs).toBeLessThan(END_MS);
      expect(consumedBy(leaving)).toHaveLength(IN_HAND);
      expect(learned).toEqual(expected);
    },
    TEST_MS,
  );

  it('leaves nothing with the broker, and nothing is done twice', async () => {
    const witness = await EventWitness.at(broker);
    const none = { inHand: 0, waiting: 0 };
    const backlog = await settled(() => witness.backlogOf('recommendations'), none, CAUGHT_UP_MS);
    const stored = (await witness.events('orders.')).map(({ id }) => id);
    await witness.close();

    const consumed = deployment.learners.processes.flatMap(consumedBy);
    expect(backlog).toEqual(none);
    expect(consumed.toSorted()).toEqual(stored.toSorted());
  });
});
