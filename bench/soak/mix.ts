import { orders } from '../cases/order.ts';
import { byId, productIds } from '../cases/products.ts';
import type { PlannedRequest } from '../load/plan.ts';
import { planned } from '../rounds/answers.ts';
import type { Scene } from '../scene/scene.ts';

/** Reads come so many times as often as orders. */
const READS_PER_ORDER = 9;

/** Of all kinds. What comes back depends on what is broken: its status is looked at, and its content not. */
export async function mixOf(scene: Scene): Promise<readonly PlannedRequest[]> {
  const ids = await productIds(scene);
  const lists = ids.map(() => ({ method: 'GET', path: '/v1/products?limit=20' }) as const);
  const reads = [byId(ids), byId(ids, '?include=recommendations'), lists];
  const requests: PlannedRequest[] = [];
  for (const [index, order] of (await orders(scene)).entries()) {
    for (let read = 0; read < READS_PER_ORDER; read += 1) {
      const kind = reads[read % reads.length] ?? [];
      const question = kind[(index + read) % kind.length];
      if (question) requests.push(planned(question, { status: 200, body: null }, []));
    }
    requests.push(planned(order, { status: 201, body: null }, []));
  }
  return requests;
}
