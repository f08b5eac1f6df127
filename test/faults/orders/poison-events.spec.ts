import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import { OrderClient } from '../../system/support/order-client.js';
import type { ProductBody } from '../../system/support/store-client.js';
import { CAUGHT_UP_MS, GAUGE_MS, LEARNED_MS, TEST_MS } from './bounds.js';
import { buy, filledShelf, type Bought } from './support/buyers.js';
import { deadEvents } from './support/dead-events.js';
import { Deployment } from './support/deployment.js';
import { learnedFrom, learnedIn } from './support/learned.js';
import { plantEvent } from './support/planted-event.js';
import { mendPurchases, refusePurchasesOf } from './support/refusing-table.js';
import { toldEvents } from './support/told-events.js';
import { settled, until } from './support/until.js';

const TRIES_MAX = 3;
const TRIES = {
  EVENT_TRIES_MAX: String(TRIES_MAX),
  EVENT_RETRY_BASE_MS: '50',
  EVENT_RETRY_MAX_MS: '200',
};
const PLACED = 'orders.order-placed.v1';
const NONE_DEAD = { metric: 0, health: { status: 'up', dead: 0 } };
const ONE_DEAD = { metric: 1, health: { status: 'degraded', dead: 1 } };

describeWith(NATS_SERVER, 'an event that nobody can take', () => {
  describe.each([
    { topology: 'in one service', hasBroker: false, consumer: '' },
    { topology: 'in two services over a broker', hasBroker: true, consumer: 'recommendations/' },
  ])('$topology', ({ hasBroker, consumer }) => {
    let broker: NatsServer | undefined;
    let deployment: Deployment;
    let shelf: readonly ProductBody[];
    const bought: Bought[] = [];

    beforeAll(async () => {
      if (hasBroker) broker = await NatsServer.start();
      deployment = await Deployment.open({ ...(broker && { broker }), storeEnv: TRIES, recommenderEnv: TRIES });
      shelf = await filledShelf(deployment.stores.first.url, 5);
    }, TEST_MS);
    afterAll(async () => {
      await deployment.close();
      await broker?.stop();
    });

    /** As an operator asks the service that learns. */
    const outbox = (...words: string[]) => deployment.learners.run('outbox', ...words);
    const parked = () => outbox('list', '--condition', 'parked');
    const dead = () => deadEvents(deployment.learners.first);
    const learned = () => learnedIn(deployment.learners.database.url);
    const buyMore = async (): Promise<void> => {
      bought.push(...(await buy(deployment.storeUrls, shelf.slice(1), { count: 10, cancelEach: 5 })).bought);
    };
    const triesOf = (eventId: string): number =>
      deployment.learners.first.logs.filter((line) => line.msg === 'event' && line['eventId'] === eventId).length;

    it.each([
      [
        'whose data is not what its type promises',
        PLACED,
        { orderId: 'none' },
        "EventUnreadable: The event can't be read",
      ],
      ['of a version that is not known', 'orders.order-placed.v9', {}, 'UnknownEventVersion: The consumer recommend'],
    ])('%s is parked at once with its reason, while the others flow', async (_what, type, data, reason) => {
      const id = await plantEvent(deployment.stores.database.url, { type, data });
      await buyMore();

      expect(await settled(learned, learnedFrom(bought), LEARNED_MS)).toEqual(learnedFrom(bought));
      expect(await settled(dead, ONE_DEAD, GAUGE_MS)).toEqual(ONE_DEAD);
      const [line, ...more] = (await parked()).trim().split('\n');
      expect(line).toContain(`${consumer}${id}`);
      expect(line).toContain(reason);
      expect(more).toEqual([]);
      expect(triesOf(id)).toBeLessThanOrEqual(1);

      expect(await outbox('drop', `${consumer}${id}`)).toBe('1 event dropped\n');
    });

    it(
      'because its handler fails is tried so often as configured, parked, and has its effect by a replay after the fix',
      async () => {
        const { database } = deployment.learners;
        const [refused, other] = shelf as [ProductBody, ProductBody];
        await refusePurchasesOf(database.url, refused);
        const { id: orderId } = await new OrderClient(deployment.storeUrls[0] ?? '', 'ada').placed(
          [refused, 1],
          [other, 1],
        );
        await buyMore();
        const told = await toldEvents(deployment.stores.database.url, PLACED);
        const event = told.find(({ subject }) => subject === orderId)?.id ?? '';
        await until('it is parked', async () => (await dead()).health.dead === 1, CAUGHT_UP_MS);

        expect(await parked()).toContain(`${consumer}${event}`);
        expect(await parked()).toContain('this purchase is refused');
        expect(await settled(() => Promise.resolve(triesOf(event)), TRIES_MAX, LEARNED_MS)).toBe(TRIES_MAX);
        expect(await settled(learned, learnedFrom(bought), LEARNED_MS)).toEqual(learnedFrom(bought));

        await mendPurchases(database.url);
        await outbox('replay', `${consumer}${event}`);
        bought.push({ id: orderId, productIds: [refused.id, other.id], isCancelled: false });

        expect(await settled(learned, learnedFrom(bought), LEARNED_MS)).toEqual(learnedFrom(bought));
        expect(await settled(dead, NONE_DEAD, GAUGE_MS)).toEqual(NONE_DEAD);
      },
      TEST_MS,
    );
  });
});
