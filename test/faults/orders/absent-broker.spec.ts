import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import type { ProductBody } from '../../system/support/store-client.js';
import { CAUGHT_UP_AFTER_KILL_MS, TEST_MS } from './bounds.js';
import { buy, filledShelf, type Bought } from './support/buyers.js';
import { Deployment } from './support/deployment.js';
import { EventWitness } from './support/event-witness.js';
import { learnedFrom, learnedIn } from './support/learned.js';
import { bySubject } from './support/order-of-events.js';
import { toldEvents, unsentEvents } from './support/told-events.js';
import { settled } from './support/until.js';

const ORDERS = 100;
const ROUNDS = 5;
const CANCELLED_ORDERS = 20;
const PLACED = 'orders.order-placed.v1';
const CANCELLED = 'orders.order-cancelled.v1';

describeWith(
  NATS_SERVER,
  'a broker that is away while orders are placed, and every process killed before it is back',
  () => {
    let broker: NatsServer;
    let deployment: Deployment;
    let shelf: readonly ProductBody[];
    const statuses: number[] = [];
    const bought: Bought[] = [];
    /** Of each process, each time that it was asked while the broker was away. */
    const readiness: number[] = [];

    beforeAll(async () => {
      broker = await NatsServer.start();
      deployment = await Deployment.open({ broker, stores: 2 });
      shelf = await filledShelf(deployment.stores.first.url, 5);

      await broker.kill();
      for (let round = 0; round < ROUNDS; round += 1) {
        const buying = { count: ORDERS / ROUNDS, cancelEach: ORDERS / CANCELLED_ORDERS };
        const purchases = await buy(deployment.storeUrls, shelf, buying);
        statuses.push(...purchases.statuses);
        bought.push(...purchases.bought);
        for (const { managementUrl } of [...deployment.stores.processes, ...deployment.learners.processes])
          readiness.push((await fetch(`${managementUrl}/health/ready`)).status);
      }
    }, TEST_MS);
    afterAll(async () => {
      await deployment.close();
      await broker.stop();
    });

    it('costs no order, and nobody their readiness', async () => {
      expect(statuses).toEqual(Array(ORDERS).fill(201));
      expect(bought).toHaveLength(ORDERS);
      expect(readiness).toEqual(Array(3 * ROUNDS).fill(200));
      expect(await unsentEvents(deployment.stores.database.url)).toBeGreaterThanOrEqual(ORDERS + CANCELLED_ORDERS);
    });

    it(
      'loses no event and has no effect twice: what was learned is what the clients were told',
      async () => {
        await deployment.kill();
        await deployment.start(); // and is ready, with the broker still away
        await broker.restart();
        const expected = learnedFrom(bought);

        const learned = await settled(
          () => learnedIn(deployment.learners.database.url),
          expected,
          CAUGHT_UP_AFTER_KILL_MS,
        );

        expect(learned).toEqual(expected);
      },
      TEST_MS,
    );

    it('has exactly the events of these orders in the stream, those of each order as they happened', async () => {
      await settled(() => unsentEvents(deployment.stores.database.url), 0, CAUGHT_UP_AFTER_KILL_MS);
      const told = await toldEvents(deployment.stores.database.url, 'orders.');
      const witness = await EventWitness.at(broker);
      const stored = await witness.events('orders.');
      await witness.close();

      const lives = bought.map(({ id, isCancelled }) => [id, isCancelled ? [PLACED, CANCELLED] : [PLACED]]);
      expect(bySubject(stored, 'type')).toEqual(Object.fromEntries(lives));
      expect(bySubject(stored, 'id')).toEqual(bySubject(told, 'id'));
      expect(stored.filter(({ id, messageId }) => messageId !== id)).toEqual([]);
    });
  },
);
