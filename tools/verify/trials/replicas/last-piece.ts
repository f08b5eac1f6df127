import { toldBy } from '../../stage/ask.ts';
import { fact, together } from '../../trial/finding.ts';
import type { Trial } from '../../trial/trial.ts';

const STOCK = 5;
const BUYERS = 30;

export const LAST_PIECE: Trial = {
  promise: 'C1',
  says: 'The last piece is sold once, however many replicas sell it',
  how: '30 buyers at once, at both replicas, of a product with 5 pieces',

  run: async ({ both, first, shop }) => {
    const product = await shop.onSale(first, { stock: STOCK });
    const answers = await Promise.all(
      Array.from({ length: BUYERS }, (_, n) => shop.order(n % 2 === 0 ? both[0] : both[1], `verify-b${n}`, product)),
    );
    const sold = answers.filter(({ status }) => status === 201).length;
    const refused = answers.filter((answer) => toldBy(answer) === '409 orders.out-of-stock').length;
    return together([
      fact('sold', sold, STOCK),
      fact('refused', refused, BUYERS - STOCK),
      fact('left', await shop.stockOf(first, product), 0),
    ]);
  },
};
