import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import type { Order } from '../../domain/order.js';
import type { OrderState } from '../../domain/order.state.js';
import { anOrder } from '../../testing/order.builder.js';
import { OrdersService } from '../../testing/orders.service.js';
import type { OrderPageResponse } from './order-page.response.js';
import type { OrderResponse } from './order.response.js';

let service: OrdersService;
beforeAll(async () => {
  service = await OrdersService.started();
});
afterAll(() => service.close());

async function stored(state: Partial<OrderState> = {}): Promise<Order> {
  const order = anOrder(state);
  await service.orders.add(order);
  return order;
}

/** The order of the builder, as the wire shows it. */
const onTheWire = (order: Order) => ({
  id: order.id,
  status: order.status,
  lines: [
    {
      productId: 'ffffffff-0000-8000-8000-000000000001',
      quantity: 3,
      unitPrice: { amount: 5_490, currency: 'EUR' },
    },
    {
      productId: '00000000-0000-8000-8000-000000000002',
      quantity: 1,
      unitPrice: { amount: 1_490, currency: 'EUR' },
    },
  ],
  total: { amount: 17_960, currency: 'EUR' },
  version: order.version,
  placedAt: '2026-01-15T08:30:00.123Z',
  cancelledAt: order.status === 'cancelled' ? '2026-02-20T17:45:59.987Z' : null,
});

describe('POST /v1/orders', () => {
  const place = <Body = OrderResponse>(lines: unknown, more: object = {}) =>
    service.as<Body>('customer-9', 'POST', '/v1/orders', { lines, ...more });

  it('sells at the prices of now, and says where the order is', async () => {
    const kettle = await service.onSale({ stock: 17 });
    const mug = await service.onSale({ stock: 9, price: { amount: 1_490, currency: 'EUR' } });

    const { status, headers, body } = await place([
      { productId: mug, quantity: 2 },
      { productId: kettle.toUpperCase(), quantity: 1 },
    ]);

    expect(status).toBe(201);
    expect(headers).toMatchObject({ location: `/v1/orders/${body.id}`, etag: '"1"' });
    expect(body).toEqual({
      id: expect.any(String),
      status: 'placed',
      lines: [
        { productId: mug, quantity: 2, unitPrice: { amount: 1_490, currency: 'EUR' } },
        { productId: kettle, quantity: 1, unitPrice: { amount: 5_490, currency: 'EUR' } },
      ],
      total: { amount: 8_470, currency: 'EUR' },
      version: 1,
      placedAt: expect.stringMatching(/Z$/),
      cancelledAt: null,
    });
    expect((await service.as('customer-9', 'GET', `/v1/orders/${body.id}`)).body).toEqual(body);
    expect(await service.stockOf(mug)).toBe(7);
  });

  it('answers 409 with the lines that are short, and sells nothing', async () => {
    const [kettle, mug] = [await service.onSale({ stock: 17 }), await service.onSale({ stock: 2 })];

    const refused = await place([
      { productId: kettle, quantity: 1 },
      { productId: mug, quantity: 3 },
    ]);

    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'orders.out-of-stock', lines: [{ productId: mug, requested: 3, available: 2 }] },
    });
    expect(await service.stockOf(kettle)).toBe(17);
  });

  it('answers 409 with the products that are not for sale: drafts, discontinued ones, and ones that it never had', async () => {
    const [kettle, draft, gone] = [await service.onSale(), await service.aDraft(), await service.onSale()];
    await service.turn(gone, 'discontinue');
    const never = newId();

    const refused = await place([kettle, draft, gone, never].map((productId) => ({ productId, quantity: 1 })));

    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'orders.products-not-for-sale',
        lines: [{ productId: draft }, { productId: gone }, { productId: never }],
      },
    });
  });

  it('answers 409 to two currencies, and to a total beyond all bounds; the pieces are still there', async () => {
    const krona = await service.onSale({ stock: 5, price: { amount: 100, currency: 'SEK' } });
    const yacht = await service.onSale({ stock: 5, price: { amount: 1_000_000_000_000, currency: 'EUR' } });

    const mixed = await place([krona, yacht].map((productId) => ({ productId, quantity: 1 })));
    const dear = await place([{ productId: yacht, quantity: 2 }]);

    expect(mixed).toMatchObject({
      status: 409,
      body: { code: 'orders.mixed-currencies', currencies: ['SEK', 'EUR'] },
    });
    expect(dear).toMatchObject({ status: 409, body: { code: 'orders.total-too-large' } });
    expect([await service.stockOf(krona), await service.stockOf(yacht)]).toEqual([5, 5]);
  });

  const line = (productId = newId(), quantity: unknown = 1) => ({ productId, quantity });
  it.each([
    ['no lines', undefined, ['#/lines']],
    ['an empty list', [], ['#/lines']],
    ['51 lines', Array.from({ length: 51 }, () => line()), ['#/lines']],
    ['no piece', [line(), line(newId(), 0)], ['#/lines/1/quantity']],
    ['1,001 pieces', [line(newId(), 1_001)], ['#/lines/0/quantity']],
    ['half a piece', [line(newId(), 0.5)], ['#/lines/0/quantity']],
    ['a number as text', [line(newId(), '1')], ['#/lines/0/quantity']],
    ['a product that is no UUID', [line('kettle')], ['#/lines/0/productId']],
    ['a price', [{ ...line(), unitPrice: { amount: 1, currency: 'EUR' } }], ['#/lines/0/unitPrice']],
    [
      'a product twice',
      [line('019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7'), line(), line('019C0F4E-7D2B-7C11-9A53-5D1B6A0E42F7')],
      ['#/lines/2/productId'],
    ],
  ])('refuses %s, and says where', async (_fault, lines, pointers) => {
    const { status, body } = await place<{ errors: { pointer: string }[] }>(lines);

    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('refuses to order for another', async () => {
    expect(await place([line()], { customerId: 'customer-8' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/customerId' }] },
    });
  });
});

describe('GET /v1/orders/{id}', () => {
  it('shows the order, tagged with its version', async () => {
    const order = await stored({ version: 2 });

    const { status, headers, body } = await service.as('customer-9', 'GET', `/v1/orders/${order.id}`);

    expect({ status, etag: headers.etag, body }).toEqual({ status: 200, etag: '"2"', body: onTheWire(order) });
  });

  it('sends nothing again to a caller that has this version', async () => {
    const order = await stored({ version: 2 });

    const answer = await service.as('customer-9', 'GET', `/v1/orders/${order.id}`, undefined, {
      'if-none-match': '"2"',
    });

    expect(answer).toMatchObject({ status: 304, headers: { etag: '"2"' }, body: undefined });
  });

  it("answers 404 to another's order, in the words for one that there is not", async () => {
    const [order, nowhere] = [await stored(), newId()];

    const [another, none] = await Promise.all(
      [order.id, nowhere].map((id) => service.as<Record<string, unknown>>('customer-8', 'GET', `/v1/orders/${id}`)),
    );

    expect(another).toMatchObject({ status: 404, body: { code: 'orders.order-not-found' } });
    const wordsOf = (answer: typeof another, id: string) =>
      JSON.stringify({ ...answer?.body, requestId: '', traceId: '' }).replaceAll(id, 'id');
    expect(wordsOf(another, order.id)).toBe(wordsOf(none, nowhere));
  });
});

describe('GET /v1/orders', () => {
  const list = async (customer: string, query = '') => {
    const { status, body } = await service.as<OrderPageResponse>(customer, 'GET', `/v1/orders?${query}`);
    return { status, body };
  };
  const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

  it("walks a customer's own orders from page to page, the newest first", async () => {
    const mine = [];
    for (const n of [2, 3, 1]) mine.push(await stored({ customerId: 'walker', placedAt: day(n) }));
    await stored({ customerId: 'talker', placedAt: day(4) });

    const first = await list('walker', 'limit=2');
    const second = await list('walker', `limit=2&cursor=${first.body.nextCursor}`);

    expect(first.body.items.map(({ id }) => id)).toEqual([mine[1]?.id, mine[0]?.id]);
    expect(second.body.items.map(({ id }) => id)).toEqual([mine[2]?.id]);
    expect(second.body.nextCursor).toBeNull();
  });

  it('shows orders of one status when asked to, as they are', async () => {
    const placed = await stored({ customerId: 'sorter', status: 'placed' });
    await stored({ customerId: 'sorter', status: 'cancelled' });

    expect((await list('sorter', 'status=placed')).body).toEqual({ items: [onTheWire(placed)], nextCursor: null });
  });

  it('gives twenty to a page, unless asked otherwise', async () => {
    for (let n = 0; n < 21; n += 1) await stored({ customerId: 'regular' });

    expect((await list('regular')).body.items).toHaveLength(20);
  });

  it.each([
    ["another's list", 'finder', 'limit=1'],
    ['another status', 'keeper', 'limit=1&status=cancelled'],
  ])('refuses a cursor for %s', async (_other, customer, query) => {
    for (const customerId of ['keeper', 'keeper', 'finder', 'finder']) await stored({ customerId });
    const { body } = await list('keeper', 'limit=1');

    expect(await list(customer, `${query}&cursor=${body.nextCursor}`)).toMatchObject({
      status: 400,
      body: { code: 'platform.cursor-invalid' },
    });
  });

  it.each([
    ['status=sent', '#/status'],
    ['limit=0', '#/limit'],
    ['limit=101', '#/limit'],
    ['customerId=customer-8', '#/customerId'],
  ])('refuses %s', async (query, pointer) => {
    expect(await list('customer-9', query)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

describe('POST /v1/orders/{id}/cancel', () => {
  it('ends the order and puts its pieces back, once, and gives it each time', async () => {
    const kettle = await service.onSale({ stock: 17 });
    const lines = [{ productId: kettle, quantity: 3 }];
    const { body: placed } = await service.as<OrderResponse>('customer-9', 'POST', '/v1/orders', { lines });
    const cancel = () => service.as<OrderResponse>('customer-9', 'POST', `/v1/orders/${placed.id}/cancel`);

    const [first, second] = [await cancel(), await cancel()];

    expect(first).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    const cancelledAt = expect.stringMatching(/Z$/);
    expect(first.body).toEqual({ ...placed, status: 'cancelled', version: 2, cancelledAt });
    expect(second).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: first.body });
    expect(await service.stockOf(kettle)).toBe(17);
  });

  it('puts pieces back onto a product that is discontinued', async () => {
    const kettle = await service.onSale({ stock: 17 });
    const lines = [{ productId: kettle, quantity: 3 }];
    const { body: placed } = await service.as<OrderResponse>('customer-9', 'POST', '/v1/orders', { lines });
    await service.turn(kettle, 'discontinue');

    expect((await service.as('customer-9', 'POST', `/v1/orders/${placed.id}/cancel`)).status).toBe(200);

    expect(await service.stockOf(kettle)).toBe(17);
  });

  it("answers 404 to another's order, and leaves it as it is", async () => {
    const order = await stored({ status: 'placed' });

    const answer = await service.as('customer-8', 'POST', `/v1/orders/${order.id}/cancel`);

    expect(answer).toMatchObject({ status: 404, body: { code: 'orders.order-not-found' } });
    expect(await service.orders.find(order.id, 'customer-9')).toEqual(order);
  });
});
