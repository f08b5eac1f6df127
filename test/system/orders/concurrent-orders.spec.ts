import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/api.js';
import { Shop } from '../support/shop.js';
import type { ProductBody } from '../support/store-client.js';
import { UNSHED } from '../support/unshed.js';

const BUYERS = 50;

describe('orders at the same time', () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open({ env: UNSHED });
  });
  afterAll(() => shop.close());

  const count = (answers: readonly Answer[], wanted: number): number =>
    answers.filter(({ status }) => status === wanted).length;

  it('for the last piece: one gets it, the others hear that none is left', async () => {
    const last = await shop.onSale({ stock: 1 });

    const answers = await Promise.all(
      Array.from({ length: BUYERS }, (_, n) => shop.customer(`buyer-${n}`).place([last, 1])),
    );

    expect([count(answers, 201), count(answers, 409)]).toEqual([1, BUYERS - 1]);
    for (const { body } of answers.filter(({ status }) => status === 409)) {
      expect(body).toMatchObject({
        code: 'orders.out-of-stock',
        lines: [{ productId: last.id, requested: 1, available: 0 }],
      });
    }
    expect(await shop.stockOf(last)).toBe(0);
  });

  it('for crossing sets of products never wait in a circle, and what is left adds up', async () => {
    const shelf: ProductBody[] = [];
    for (let n = 0; n < 4; n += 1) shelf.push(await shop.onSale({ stock: 30 }));
    const pairs = shelf.flatMap((one) => shelf.filter((other) => other !== one).map((other) => [one, other] as const));
    const orders = Array.from({ length: 4 }, () => pairs).flat();

    const answers = await Promise.all(
      orders.map(([one, other], n) => shop.customer(`buyer-${n}`).place([one, 1], [other, 2])),
    );

    expect(answers.filter(({ status }) => status !== 201 && status !== 409)).toEqual([]);
    const sold = answers.flatMap(({ status, body }) => (status === 201 ? body.lines : []));
    for (const product of shelf) {
      const pieces = sold.filter(({ productId }) => productId === product.id);
      expect(await shop.stockOf(product)).toBe(30 - pieces.reduce((sum, { quantity }) => sum + quantity, 0));
    }
  });

  it('and cancellations at the same time: what is in stock and what is sold is what there was', async () => {
    const [kettle, mug] = [await shop.onSale({ stock: 40 }), await shop.onSale({ stock: 40 })];
    const live = async (n: number): Promise<number> => {
      const buyer = shop.customer(`buyer-${n}`);
      const wanted =
        n % 2 === 0
          ? ([
              [kettle, 1],
              [mug, 1],
            ] as const)
          : ([
              [mug, 1],
              [kettle, 1],
            ] as const);
      const { status, body } = await buyer.place(...wanted);
      if (status !== 201) return 0;
      if (n % 3 === 0) return 1;
      const answers = await Promise.all([buyer.cancel(body.id), buyer.cancel(body.id)]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
      return 0;
    };

    const kept = (await Promise.all(Array.from({ length: BUYERS }, (_, n) => live(n)))).reduce((sum, n) => sum + n, 0);

    expect([await shop.stockOf(kettle), await shop.stockOf(mug)]).toEqual([40 - kept, 40 - kept]);
  });
});
