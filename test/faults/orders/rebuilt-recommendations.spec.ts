import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import { readMetrics, sumOf } from '../../system/support/metrics.js';
import { LEARNED_MS, TEST_MS } from './bounds.js';
import { buy, filledShelf } from './support/buyers.js';
import { Deployment } from './support/deployment.js';
import { learnedFrom, learnedIn, type Learned } from './support/learned.js';
import { settled } from './support/until.js';

const ORDERS = 30;
const CANCELLED = 6;

describeWith(NATS_SERVER, 'recommendations that are rebuilt from the history of orders', () => {
  describe.each([
    { topology: 'in one service', hasBroker: false },
    { topology: 'in two services over a broker', hasBroker: true },
  ])('$topology', ({ hasBroker }) => {
    let broker: NatsServer | undefined;
    let deployment: Deployment;
    let expected: Learned;

    beforeAll(async () => {
      if (hasBroker) broker = await NatsServer.start();
      deployment = await Deployment.open(broker ? { broker } : {});
      const shelf = await filledShelf(deployment.stores.first.url, 5);
      const buying = { count: ORDERS, cancelEach: ORDERS / CANCELLED };
      expected = learnedFrom((await buy(deployment.storeUrls, shelf, buying)).bought);
      expect(await settled(learned, expected, LEARNED_MS)).toEqual(expected);
    }, TEST_MS);
    afterAll(async () => {
      await deployment.close();
      await broker?.stop();
    });

    const learned = () => learnedIn(deployment.learners.database.url);
    /** The history is the store's, whoever learns from it. */
    const replay = async (): Promise<void> => {
      for (const [fact, count] of [
        ['placed', ORDERS],
        ['cancelled', CANCELLED],
      ] as const)
        expect(await deployment.stores.run('outbox', 'replay', '--sent', '--type', `orders.order-${fact}`)).toBe(
          `${count} events will be sent again\n`,
        );
    };
    const consumed = async (outcome: string): Promise<number> =>
      sumOf(await readMetrics(deployment.learners.first.managementUrl), 'events_consumed_total', { outcome });

    it('are the same as before, count for count', async () => {
      const told = await deployment.learners.run('forget-recommendations');
      expect(told.split('\n')[0]).toBe(`forgot ${ORDERS} purchases and ${ORDERS + CANCELLED} events`);
      expect(await learned()).toEqual(learnedFrom([]));

      await replay();

      expect(await settled(learned, expected, LEARNED_MS)).toEqual(expected);
    });

    it('stay the same when what they know is sent once more', async () => {
      const [news, known] = [await consumed('consumed'), await consumed('duplicate')];

      await replay();

      const all = known + ORDERS + CANCELLED;
      expect(await settled(() => consumed('duplicate'), all, LEARNED_MS)).toBe(all);
      expect(await consumed('consumed')).toBe(news);
      expect(await learned()).toEqual(expected);
    });
  });
});
