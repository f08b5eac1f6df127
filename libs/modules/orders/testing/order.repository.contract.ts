import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { AMOUNT_MAX } from '#kernel/money';
import type { OrderRepository } from '../application/ports/order.repository.js';
import { ORDER_LINES_MAX, ORDER_STATUSES, QUANTITY_MAX } from '../domain/order.state.js';
import { aLine, anOrder } from './order.builder.js';
import { orderListingContract } from './order-listing.contract.js';

const MINE = 'customer-9';

/** What every store of orders does. `make` gives an empty one for each test. */
export function orderRepositoryContract(make: () => Promise<OrderRepository>): void {
  let orders: OrderRepository;
  beforeEach(async () => {
    orders = await make();
  });

  describe.each(['find', 'findForChange'] as const)('%s', (method) => {
    it.each(ORDER_STATUSES)('gives what was added, field for field, when it is %s', async (status) => {
      const order = anOrder({ status });
      await orders.add(order);

      expect(await orders[method](order.id, MINE)).toEqual(order);
    });

    it("gives null for another's order, and for one that was never placed", async () => {
      const order = anOrder({ customerId: MINE });
      await orders.add(order);

      expect(await orders[method](order.id, 'customer-99')).toBeNull();
      expect(await orders[method](newId(), MINE)).toBeNull();
    });
  });

  it('keeps the largest order, its lines in their order', async () => {
    const unitPrice = { amount: AMOUNT_MAX, currency: 'JPY' };
    const order = anOrder({
      customerId: 'c'.repeat(255),
      lines: Array.from({ length: ORDER_LINES_MAX }, () => aLine({ quantity: QUANTITY_MAX, unitPrice })).reverse(),
      total: { amount: AMOUNT_MAX, currency: 'JPY' },
      version: 2_147_483_647,
    });
    await orders.add(order);

    expect(await orders.find(order.id, 'c'.repeat(255))).toEqual(order);
  });

  it('keeps the smallest: one piece that costs nothing', async () => {
    const free = { amount: 0, currency: 'EUR' };
    const lines = [aLine({ quantity: 1, unitPrice: free })];
    const order = anOrder({ lines, total: free, status: 'placed', version: 1 });
    await orders.add(order);

    expect(await orders.find(order.id, MINE)).toEqual(order);
  });

  it('gives a copy: whoever writes to it does not write to the store', async () => {
    const order = anOrder();
    await orders.add(order);

    (await orders.find(order.id, MINE))?.placedAt.setFullYear(1970);

    expect(await orders.find(order.id, MINE)).toEqual(order);
  });

  it('adds no order twice, and keeps the first', async () => {
    const order = anOrder();
    await orders.add(order);

    await expect(orders.add(anOrder({ id: order.id, total: { amount: 1, currency: 'EUR' } }))).rejects.toThrow(
      order.id,
    );

    expect(await orders.find(order.id, MINE)).toEqual(order);
  });

  describe('addMissing', () => {
    it('adds those that are not there, with their lines, and leaves the others as they are', async () => {
      const [kept, one, other] = [anOrder(), anOrder(), anOrder({ lines: [aLine(), aLine(), aLine()] })];
      await orders.add(kept);

      expect(await orders.addMissing([one, anOrder({ id: kept.id, lines: [aLine()] }), other])).toBe(2);

      for (const order of [kept, one, other]) expect(await orders.find(order.id, MINE)).toEqual(order);
    });

    it('counts each once when two add the same at once', async () => {
      const batch = Array.from({ length: 20 }, () => anOrder());

      const counts = await Promise.all([orders.addMissing(batch), orders.addMissing(batch), orders.addMissing(batch)]);

      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20);
    });

    it('adds nothing of nothing', async () => {
      expect(await orders.addMissing([])).toBe(0);
    });
  });

  describe('save', () => {
    it('keeps status, version and time of cancellation, and nothing else', async () => {
      const order = anOrder({ status: 'placed', version: 1 });
      const bystander = anOrder({ status: 'placed' });
      await orders.addMissing([order, bystander]);
      const cancelledAt = new Date('2026-03-01T00:00:00.001Z');
      const changed = { status: 'cancelled', version: 2, cancelledAt } as const;

      const forged = { customerId: 'forger', lines: [aLine()], total: { amount: 1, currency: 'SEK' } };
      await orders.save(anOrder({ ...order, ...forged, placedAt: new Date(0), ...changed }));

      expect(await orders.find(order.id, MINE)).toEqual(anOrder({ ...order, ...changed }));
      expect(await orders.find(bystander.id, MINE)).toEqual(bystander);
    });

    it('has nothing to keep of an order that there is not', async () => {
      const order = anOrder();

      await expect(orders.save(order)).rejects.toThrow(order.id);
    });
  });

  describe('list', () => {
    orderListingContract(() => orders);
  });
}
