import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer } from '../support/api.js';
import type { OrderClient } from '../support/order-client.js';
import { Shop } from '../support/shop.js';

describe('an order', () => {
  let shop: Shop;
  let ada: OrderClient;
  let bob: OrderClient;
  beforeAll(async () => {
    shop = await Shop.open();
    ada = shop.customer('ada');
    bob = shop.customer('bob');
  });
  afterAll(() => shop.close());

  it('is placed at the prices of its moment, and keeps them when the shop changes its own', async () => {
    const kettle = await shop.onSale({ stock: 17, price: { amount: 5_490, currency: 'EUR' } });
    const mug = await shop.onSale({ stock: 9, price: { amount: 1_490, currency: 'EUR' } });

    const placed = await ada.place([mug, 2], [kettle, 1]);
    await shop.keeper.change(mug.id, '*', { price: { amount: 9_990, currency: 'EUR' } });

    expect(placed.status).toBe(201);
    expect(placed.headers.get('location')).toBe(`/v1/orders/${placed.body.id}`);
    expect(placed.headers.get('etag')).toBe('"1"');
    expect(placed.body).toMatchObject({
      status: 'placed',
      lines: [
        { productId: mug.id, quantity: 2, unitPrice: { amount: 1_490, currency: 'EUR' } },
        { productId: kettle.id, quantity: 1, unitPrice: { amount: 5_490, currency: 'EUR' } },
      ],
      total: { amount: 8_470, currency: 'EUR' },
      cancelledAt: null,
    });
    expect((await ada.order(placed.body.id)).body).toEqual(placed.body);
    expect([await shop.stockOf(mug), await shop.stockOf(kettle)]).toEqual([7, 16]);
  });

  it('is not sent again to who has it', async () => {
    const order = await ada.placed([await shop.onSale(), 1]);

    const answer = await ada.order(order.id, { 'if-none-match': '"1"' });

    expect(answer).toMatchObject({ status: 304, body: undefined });
    expect(answer.headers.get('etag')).toBe('"1"');
  });

  it('is cancelled once, and its pieces are back once', async () => {
    const kettle = await shop.onSale({ stock: 17 });
    const order = await ada.placed([kettle, 3]);

    const [first, second] = [await ada.cancel(order.id), await ada.cancel(order.id)];

    const cancelledAt = expect.stringMatching(/Z$/);
    expect(first.status).toBe(200);
    expect(first.body).toEqual({ ...order, status: 'cancelled', version: 2, cancelledAt });
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect((await ada.order(order.id)).body).toEqual(first.body);
    expect(await shop.stockOf(kettle)).toBe(17);
  });

  it('gives its pieces back to a product that is discontinued, and no new one is placed for that', async () => {
    const kettle = await shop.onSale({ stock: 17 });
    const order = await ada.placed([kettle, 3]);
    await shop.keeper.turn(kettle.id, 'discontinue');

    expect(await ada.place([kettle, 1])).toMatchObject({
      status: 409,
      body: { code: 'orders.products-not-for-sale', lines: [{ productId: kettle.id }] },
    });
    expect((await ada.cancel(order.id)).status).toBe(200);
    expect(await shop.stockOf(kettle)).toBe(17);
  });

  it('is refused with every line that is short, and takes nothing', async () => {
    const [plenty, few, none] = [
      await shop.onSale({ stock: 100 }),
      await shop.onSale({ stock: 2 }),
      await shop.onSale({ stock: 0 }),
    ];

    expect(await ada.place([plenty, 5], [few, 3], [none, 1])).toMatchObject({
      status: 409,
      body: {
        code: 'orders.out-of-stock',
        lines: [
          { productId: few.id, requested: 3, available: 2 },
          { productId: none.id, requested: 1, available: 0 },
        ],
      },
    });
    expect([await shop.stockOf(plenty), await shop.stockOf(few)]).toEqual([100, 2]);
  });

  it('of another is answered, byte for byte, as one that there is not', async () => {
    const [order, nowhere] = [(await ada.placed([await shop.onSale(), 1])).id, randomUUID()];
    const bytes = ({ status, headers, body }: Answer<Record<string, unknown>>, id: string): string => {
      const names = [...headers].filter(([name]) => !['date', 'x-request-id', 'ratelimit'].includes(name));
      return JSON.stringify([status, names, { ...body, requestId: '', traceId: '' }]).replaceAll(id, 'id');
    };

    expect(bytes(await bob.order(order), order)).toBe(bytes(await bob.order(nowhere), nowhere));
    expect(bytes(await bob.cancel(order), order)).toBe(bytes(await bob.cancel(nowhere), nowhere));
    expect(await bob.order(order)).toMatchObject({ status: 404, body: { code: 'orders.order-not-found' } });
    expect((await ada.order(order)).body).toMatchObject({ status: 'placed' });
  });
});
