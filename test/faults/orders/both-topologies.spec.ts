import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWith, NATS_SERVER, NatsServer } from '#platform/testing';
import { Api } from '../../system/support/api.js';
import { OrderClient } from '../../system/support/order-client.js';
import type { ProductBody } from '../../system/support/store-client.js';
import { customer } from '../../system/support/tokens.js';
import { LEARNED_MS, TEST_MS } from './bounds.js';
import { filledShelf } from './support/buyers.js';
import { Deployment } from './support/deployment.js';
import { RecommendationPages } from './support/recommendation-pages.js';
import { until } from './support/until.js';

const PRODUCTS = 6;

describeWith(NATS_SERVER, 'the shop', () => {
  describe.each([
    { topology: 'of one service', hasBroker: false },
    { topology: 'of two services over a broker', hasBroker: true },
  ])('$topology', ({ hasBroker }) => {
    let broker: NatsServer | undefined;
    let deployment: Deployment;
    let shelf: readonly ProductBody[];
    let pages: RecommendationPages;
    let ada: OrderClient;

    beforeAll(async () => {
      if (hasBroker) broker = await NatsServer.start();
      deployment = await Deployment.open(broker ? { broker } : {});
      const { url } = deployment.stores.first;
      shelf = await filledShelf(url, PRODUCTS);
      pages = new RecommendationPages(url);
      ada = new OrderClient(url, 'ada');
    }, TEST_MS);
    afterAll(async () => {
      await deployment.close();
      await broker?.stop();
    });

    const product = (place: number): ProductBody => shelf[place] as ProductBody;

    it('recommends live what was ordered together, soon after, and no more when the order is cancelled', async () => {
      const [mug, kettle] = [product(0), product(1)];
      expect((await pages.of(mug)).items).toEqual([]);

      const order = await ada.placed([mug, 1], [kettle, 2]);
      await until('the kettle is recommended', () => pages.recommends(mug, kettle), LEARNED_MS);
      await until('the mug is recommended', () => pages.recommends(kettle, mug), LEARNED_MS);
      expect(await pages.of(mug)).toMatchObject({ source: 'live', degraded: false });

      await ada.cancel(order.id);
      await until('the kettle is forgotten', async () => !(await pages.recommends(mug, kettle)), LEARNED_MS);
      expect((await pages.of(mug)).items).toEqual([]);
    });

    it('counts each order once, and recommends first what goes with a product most often', async () => {
      const [mug, often, seldom] = [product(2), product(3), product(4)];
      await ada.placed([mug, 1], [seldom, 1]);
      for (let times = 0; times < 2; times += 1) await ada.placed([mug, 1], [often, 1]);

      const both = async () => (await pages.of(mug)).items.map(({ id }) => id).join() === `${often.id},${seldom.id}`;
      await until('both are recommended, in this order', both, LEARNED_MS);
    });

    it('never shows a degraded answer while nothing is broken', () => {
      expect(pages.seen.length).toBeGreaterThan(0);
      expect(pages.seen.filter(({ degraded, source }) => degraded || source !== 'live')).toEqual([]);
    });

    it('answers for orders and products alike', async () => {
      const mug = product(5);
      const placed = await ada.place([mug, 2]);

      expect(placed).toMatchObject({
        status: 201,
        body: { status: 'placed', total: { amount: 2 * mug.price.amount } },
      });
      expect(await ada.order(placed.body.id)).toMatchObject({ status: 200, body: placed.body });
      expect((await ada.page({ limit: 1 })).body.items).toEqual([placed.body]);
      expect(await ada.place([{ id: randomUUID() }, 1])).toMatchObject({
        status: 409,
        body: { code: 'orders.products-not-for-sale' },
      });
      expect(await ada.order(randomUUID())).toMatchObject({ status: 404, body: { code: 'orders.order-not-found' } });
      expect(await ada.cancel(placed.body.id)).toMatchObject({
        status: 200,
        body: { status: 'cancelled', version: 2 },
      });
    });

    it('is one trace from the request of the order to what was learned of it', async () => {
      const [traceId, requestId] = [randomUUID().replaceAll('-', ''), randomUUID()];
      const headers = {
        authorization: customer('ada'),
        'x-request-id': requestId,
        traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      };
      const lines = [{ productId: product(0).id, quantity: 1 }];
      const { body } = await new Api(deployment.stores.first.url).post<{ id: string }>(
        '/v1/orders',
        { lines },
        headers,
      );

      const [asked, learned] = await Promise.all([
        deployment.stores.first.logged((line) => line.msg === 'request' && line['requestId'] === requestId),
        deployment.learners.first.logged((line) => line.msg === 'event' && line['subject'] === body.id),
      ]);
      expect(asked).toMatchObject({ traceId, route: '/v1/orders', status: 201 });
      expect(learned).toMatchObject({ traceId, eventType: 'orders.order-placed.v1', outcome: 'consumed' });
      expect([asked['service'], learned['service']]).toEqual(['store', deployment.learners.service]);
    });
  });
});
