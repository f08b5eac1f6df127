import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stableId } from '#kernel/id';
import { runSeeds } from '#platform/seeding';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '#kernel/page';
import { ORDER_STATUSES } from '../domain/order.state.js';
import { OrdersService } from '../testing/orders.service.js';
import { SAMPLE_CUSTOMERS, SAMPLE_ORDERS, sampleCustomer, sampleOrders } from './sample-orders.js';

describe('OrdersSeed', () => {
  let service: OrdersService;
  beforeEach(async () => {
    service = await OrdersService.started();
  });
  afterEach(() => service.close());

  const seeded = async (): Promise<string | undefined> => {
    const lines: string[] = [];
    await runSeeds(service.app, (line) => lines.push(line));
    return lines.find((line) => line.startsWith('seeded orders'));
  };
  const ordersOf = async (customerId: string) =>
    (await service.orders.list({ customerId, status: null, page: { limit: PAGE_SIZE_MAX, after: null } })).items;

  it('adds each order once, however often it runs', async () => {
    expect([await seeded(), await seeded()]).toEqual([
      `seeded orders: ${SAMPLE_ORDERS} past orders (${SAMPLE_ORDERS} new)`,
      `seeded orders: ${SAMPLE_ORDERS} past orders (0 new)`,
    ]);
  });

  it('takes sample products at their prices, and no piece out of stock', async () => {
    await seeded();
    const first = (await ordersOf(sampleCustomer(0))).at(-1);
    const line = first?.lines[0];
    const path = `/v1/products/${line?.productId}`;

    const { body } = await service.as<{ sku: string; price: object; version: number }>('anyone', 'GET', path);

    expect(line?.productId).toBe(stableId(`catalog:${body.sku}`));
    expect(line?.unitPrice).toEqual(body.price);
    expect(body.version).toBe(2); // drafted and activated
  });

  it('gives each sample customer more than a page of orders', async () => {
    await seeded();

    for (let n = 0; n < SAMPLE_CUSTOMERS; n += 1) {
      expect((await ordersOf(sampleCustomer(n))).length).toBeGreaterThan(PAGE_SIZE_DEFAULT);
    }
  });
});

describe('the sample orders', () => {
  const offers = Array.from({ length: 100 }, (_, n) => ({
    productId: stableId(`catalog:SKU-${n}`),
    unitPrice: { amount: 100 + n, currency: 'EUR' },
  }));
  const orders = sampleOrders(offers);

  it('are the same each time', () => {
    expect(sampleOrders(offers)).toEqual(orders);
    expect(orders[0]?.id).toBe(stableId('orders:sample-order-0'));
  });

  it('are of every status, of one to four lines, and of most of what is offered', () => {
    expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(ORDER_STATUSES));
    expect(new Set(orders.map(({ lines }) => lines.length))).toEqual(new Set([1, 2, 3, 4]));
    expect(new Set(orders.flatMap(({ lines }) => lines.map(({ productId }) => productId))).size).toBeGreaterThan(90);
  });

  it('are none where nothing is on offer', () => {
    expect(sampleOrders([])).toEqual([]);
  });
});
