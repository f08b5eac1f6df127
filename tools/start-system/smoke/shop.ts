import { randomUUID } from 'node:crypto';
import type { Check } from '../smoke.ts';
import { demand, expectStatus } from './ask.ts';
import type { Parts } from './checks.ts';

interface Recommended {
  readonly recommendations: { readonly source: string; readonly degraded: boolean; readonly items: readonly unknown[] };
}

/** The sample of a metric: placed orders that had their effect. */
const isConsumed = (line: string): boolean =>
  line.startsWith('events_consumed_total{') &&
  ['type="orders.order-placed.v1"', 'outcome="consumed"'].every((label) => line.includes(label));

/** What customers do, by way of the balancer, and what becomes of it behind. */
export function shopChecks({ api, recommender, product, authorization }: Parts): readonly Check[] {
  const key = randomUUID(); // the same in each attempt: no order twice
  const order = {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ lines: [{ productId: product.id, quantity: 1 }] }),
  };
  return [
    {
      what: 'products are listed',
      ask: async () => {
        const { body } = await expectStatus(200, `${api}/v1/products?limit=5`);
        const { items } = body as { items: readonly unknown[] };
        return demand(items.length === 5, `${items.length} products`);
      },
    },
    {
      what: 'an order is placed once, however often it is sent',
      ask: async () => {
        const [one, again] = [
          await expectStatus(201, `${api}/v1/orders`, order),
          await expectStatus(201, `${api}/v1/orders`, order),
        ];
        const [first, second] = [one, again].map(({ body }) => (body as { id: string }).id);
        return demand(first !== undefined && first === second, `order ${first}, and again ${second}`);
      },
    },
    {
      what: 'nobody buys without a token',
      ask: async () => {
        const { authorization: _, ...headers } = order.headers;
        await expectStatus(401, `${api}/v1/orders`, { ...order, headers });
        return '401';
      },
    },
    {
      what: 'a product has live recommendations, of the recommender',
      ask: async () => {
        const { body } = await expectStatus(200, `${api}/v1/products/${product.id}?include=recommendations`);
        const { source, degraded, items } = (body as Recommended).recommendations;
        return demand(source === 'live' && !degraded && items.length > 0, `${items.length} of source ${source}`);
      },
    },
    {
      what: 'the recommender hears of the order by the broker',
      ask: async () => {
        const { body } = await expectStatus(200, `${recommender}/metrics`);
        const line = String(body).split('\n').find(isConsumed) ?? '';
        const heard = Number(line.split(' ').at(-1));
        return demand(heard > 0, `events of placed orders: ${heard}`);
      },
    },
  ];
}
