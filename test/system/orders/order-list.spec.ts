import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OrderBody } from '../support/order-client.js';
import { Shop } from '../support/shop.js';

const ORDERS = 11;

describe('the list of orders', () => {
  let shop: Shop;
  let placed: OrderBody[];
  beforeAll(async () => {
    shop = await Shop.open({ seeded: true });
    const kettle = await shop.onSale({ stock: 1_000 });
    placed = [];
    for (let n = 0; n < ORDERS; n += 1) {
      placed.push(await shop.customer('ada').placed([kettle, 1 + n]));
      await shop.customer('bob').placed([kettle, 1]);
    }
  });
  afterAll(() => shop.close());

  it.each([1, 3, 100])("is a customer's own, each once, the newest first, %d to a page", async (limit) => {
    expect(await shop.customer('ada').walk({ limit })).toEqual(placed.toReversed());
  });

  it('repeats none when orders are placed while it is walked', async () => {
    const [ada, kettle] = [shop.customer('ada'), await shop.onSale({ stock: 1_000 })];

    const walked = await ada.walk({ limit: 4 }, () => ada.placed([kettle, 1]));

    expect(walked).toEqual(placed.toReversed());
  });

  it('shows those of one status', async () => {
    const eve = shop.customer('eve');
    const kettle = await shop.onSale();
    const [kept, dropped] = [await eve.placed([kettle, 1]), await eve.placed([kettle, 2])];
    await eve.cancel(dropped.id);

    expect((await eve.walk({ status: 'placed', limit: 1 })).map(({ id }) => id)).toEqual([kept.id]);
    expect((await eve.walk({ status: 'cancelled', limit: 1 })).map(({ id }) => id)).toEqual([dropped.id]);
  });

  it("refuses the cursor of another's list", async () => {
    const { body } = await shop.customer('ada').page({ limit: 1 });

    expect(await shop.customer('bob').page({ limit: 1, cursor: body.nextCursor ?? '' })).toMatchObject({
      status: 400,
      body: { code: 'platform.cursor-invalid' },
    });
  });

  it('of a sample customer shows what was bought before, at more than a page', async () => {
    const orders = await shop.customer('sample-customer-1').walk({ limit: 20 });

    expect(orders).toHaveLength(25);
    expect(orders[0]?.lines.length).toBeGreaterThan(0);
  });

  it('is empty for a customer who never bought', async () => {
    expect(await shop.customer('nobody').page()).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
  });
});
