import { field, toldBy } from '../../stage/ask.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const [ALICE, MALLORY] = ['verify-alice', 'verify-mallory'];
const NOT_THERE = '404 orders.order-not-found';

/** Sabotage that this is for: a query that forgets whose. */
export const OWNERS: Trial = {
  promise: 'F2',
  says: "Another's order is not there: it is not read, not listed, not cancelled",
  how: 'an order of one customer is read, listed and cancelled by another with the same scopes',

  run: async ({ first, second, shop }) => {
    const product = await shop.onSale(first);
    const placed = await shop.order(first, ALICE, product);
    const id = String(field(placed.json, 'id'));
    const read = (sub: string) => second.ask(`/v1/orders/${id}`, { headers: { ...shop.customer(sub) } });
    const items = field((await shop.orders(second, MALLORY)).json, 'items');
    const cancelled = await shop.cancel(second, MALLORY, id);
    const [hers, his] = [await read(ALICE), await read(MALLORY)];
    return together([
      fact('the owner reads', `${toldBy(hers)} ${String(field(hers.json, 'status'))}`, '200 placed'),
      fact('another reads', toldBy(his), NOT_THERE),
      fact('lists', Array.isArray(items) ? items.length : toldBy(his), 0),
      fact('cancels', toldBy(cancelled), NOT_THERE),
    ]);
  },
};
