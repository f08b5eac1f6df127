import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { AMOUNT_MAX } from '#kernel/money';
import { InMemoryOrderRepository } from '../adapters/memory/in-memory-order.repository.js';
import { MixedCurrencies, OrderTotalTooLarge, OutOfStock, ProductsNotForSale } from '../domain/order.errors.js';
import type { Order } from '../domain/order.js';
import { aTill } from '../testing/till.js';

/** A store that fails when everything else is done. */
class BrokenRepository extends InMemoryOrderRepository {
  override async add(order: Order): Promise<void> {
    await super.add(order);
    throw new Error('The disk is full.');
  }
}

describe('PlaceOrder', () => {
  it('takes the pieces, keeps the order at the prices of now, tells of it, and gives it', async () => {
    const { placeOrder, kettle, mug, stock, queries, clock, told } = aTill();

    const order = await placeOrder.execute(
      [
        { productId: mug, quantity: 2 },
        { productId: kettle, quantity: 3 },
      ],
      'customer-9',
    );

    expect(order).toMatchObject({
      customerId: 'customer-9',
      lines: [
        { productId: mug, quantity: 2, unitPrice: { amount: 1_490, currency: 'EUR' } },
        { productId: kettle, quantity: 3, unitPrice: { amount: 5_490, currency: 'EUR' } },
      ],
      total: { amount: 19_450, currency: 'EUR' },
      placedAt: clock.now(),
    });
    expect(order.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(await queries.get(order.id, 'customer-9')).toEqual(order);
    expect([stock.piecesOf(mug), stock.piecesOf(kettle)]).toEqual([7, 14]);
    expect(stock.moves).toEqual([{ way: 'out', purpose: { orderId: order.id, customerId: 'customer-9' } }]);
    expect(told()).toEqual(['orders.order-placed.v1']);
  });

  it.each<[string, (till: ReturnType<typeof aTill>) => readonly [string, number][], new (...facts: never[]) => Error]>([
    [
      'is short of pieces',
      ({ kettle, mug }) => [
        [kettle, 1],
        [mug, 10],
      ],
      OutOfStock,
    ],
    [
      'is not for sale',
      ({ kettle }) => [
        [kettle, 1],
        [newId(), 1],
      ],
      ProductsNotForSale,
    ],
    [
      'is sold in another currency',
      ({ kettle, stock }) => {
        const krona = newId();
        stock.holding(krona, 50, { amount: 100, currency: 'SEK' });
        return [
          [kettle, 1],
          [krona, 1],
        ];
      },
      MixedCurrencies,
    ],
    [
      'makes the total too large',
      ({ kettle, stock }) => {
        const yacht = newId();
        stock.holding(yacht, 50, { amount: AMOUNT_MAX, currency: 'EUR' });
        return [
          [kettle, 1],
          [yacht, 2],
        ];
      },
      OrderTotalTooLarge,
    ],
  ])('leaves no trace of an order when one line %s', async (_fault, wantedOf, error) => {
    const till = aTill();
    const wanted = wantedOf(till).map(([productId, quantity]) => ({ productId, quantity }));

    await expect(till.placeOrder.execute(wanted, 'customer-9')).rejects.toBeInstanceOf(error);

    expect(till.stock.piecesOf(till.kettle)).toBe(17);
    expect(till.told()).toEqual([]);
    const page = { limit: 10, after: null };
    expect((await till.queries.list({ customerId: 'customer-9', status: null, page })).items).toEqual([]);
  });

  it('gives the pieces back when the order can not be kept', async () => {
    const { placeOrder, kettle, stock, told } = aTill(new BrokenRepository());

    const attempt = placeOrder.execute([{ productId: kettle, quantity: 3 }], 'customer-9');

    await expect(attempt).rejects.toThrow('The disk is full.');
    expect(stock.piecesOf(kettle)).toBe(17);
    expect(told()).toEqual([]);
  });

  it('reaches for no piece of what no edge lets in', async () => {
    const { placeOrder, kettle, stock } = aTill();
    const line = { productId: kettle, quantity: 1 };

    await expect(placeOrder.execute([line, line], 'customer-9')).rejects.toBeInstanceOf(RangeError);

    expect(stock.moves).toEqual([]);
  });

  it('sells the last piece once, however many reach for it', async () => {
    const { placeOrder, stock, told } = aTill();
    const last = newId();
    stock.holding(last, 1, { amount: 100, currency: 'EUR' });

    const attempts = Array.from({ length: 20 }, () => placeOrder.execute([{ productId: last, quantity: 1 }], newId()));
    const results = await Promise.allSettled(attempts);

    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(told()).toHaveLength(1);
  });
});
