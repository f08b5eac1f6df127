import { NEW_KEY } from '../load/plan.ts';
import type { Scene } from '../scene/scene.ts';
import { startBaseline, startStore } from '../scene/servers.ts';
import type { CaseMaker, Question } from './case.ts';
import { throughput } from './conditions.ts';
import { productIds } from './products.ts';

const PAIR = { what: 'place an order of two lines', of: 'Mainstay', over: 'by hand on pg' };

/** A customer may place 20 a second: so many customers, and none is refused. */
const CUSTOMERS = 400;
const TOKEN_SECONDS = 3_600 * 6;

/** Two products each, many different ones: orders wait for each other no more than in a shop. */
export async function orders(scene: Scene): Promise<readonly Question[]> {
  const ids = await productIds(scene, CUSTOMERS);
  const { issue } = scene.issuer;
  if (!issue) throw new Error('There is no issuer of our own.');
  return Promise.all(
    Array.from({ length: CUSTOMERS }, async (_, customer) => {
      const request = { sub: `bench-${customer}`, scope: 'orders:read orders:write', lifetimeSeconds: TOKEN_SECONDS };
      const lines = [customer, customer + 1].map((place) => ({ productId: ids[place % ids.length], quantity: 1 }));
      return {
        method: 'POST' as const,
        path: '/v1/orders',
        headers: {
          authorization: `Bearer ${await issue(request)}`,
          'content-type': 'application/json',
          'idempotency-key': NEW_KEY,
        },
        body: JSON.stringify({ lines }),
      };
    }),
  );
}

export const placeOrder: CaseMaker = {
  name: 'order',
  make: async (scene) => {
    const [own, byHand] = [await scene.database.copy('bench_store'), await scene.database.copy('bench_by_hand')];
    return {
      name: 'order',
      title: 'An order of two lines',
      questions: await orders(scene),
      changing: ['id', 'placedAt'],
      contenders: [
        { name: 'by hand on pg', start: () => startBaseline(scene, 'order-by-hand', { DATABASE_URL: byHand }) },
        { name: 'Mainstay', logs: true, start: () => startStore(scene, { name: 'store', env: { DATABASE_URL: own } }) },
      ],
      conditions: [throughput(PAIR, [0.6, 1])],
    };
  },
};
