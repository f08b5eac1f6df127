import { field } from '../../stage/ask.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const SUB = 'verify-one-shop';
const STOCK = 7;

export const ONE_SHOP: Trial = {
  promise: 'C1',
  says: 'Any request may hit any replica',
  how: 'made at one, activated at the other, ordered at the one, listed and cancelled at the other, counted at both',

  run: async ({ first, second, shop }) => {
    const draft = await shop.draft(first, { stock: STOCK });
    const activated = await shop.activate(second, draft);
    const placed = await shop.order(first, SUB, draft, { quantity: 2 });
    const id = String(field(placed.json, 'id'));
    const seen = await shop.stockOf(second, draft);
    const listed = field((await shop.orders(second, SUB)).json, 'items');
    const cancelled = await shop.cancel(second, SUB, id);
    const stocks = [await shop.stockOf(first, draft), await shop.stockOf(second, draft)];
    return together([
      fact('activated', activated.status, 200),
      fact('ordered', placed.status, 201),
      fact('stock at the other', seen, STOCK - 2),
      fact('listed', Array.isArray(listed) ? listed.map((order) => field(order, 'id')).join() === id : listed, true),
      fact('cancelled', cancelled.status, 200),
      fact('stock at both', stocks.join(), `${STOCK},${STOCK}`),
    ]);
  },
};
