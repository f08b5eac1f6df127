import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { OrderNotFound, StockNotTakenBack } from '../domain/order.errors.js';
import { ROOM } from '../testing/shelf.stock.js';
import { aTill } from '../testing/till.js';

async function aTillWithAnOrder() {
  const till = aTill();
  const order = await till.placeOrder.execute([{ productId: till.kettle, quantity: 3 }], 'customer-9');
  till.clock.passSeconds(60);
  return { ...till, order };
}

describe('CancelOrder', () => {
  it('ends the order, puts its pieces back, tells of it, and gives it', async () => {
    const { cancelOrder, order, clock, stock, kettle, queries, told } = await aTillWithAnOrder();

    const cancelled = await cancelOrder.execute(order.id, 'customer-9');

    expect(cancelled).toMatchObject({ status: 'cancelled', version: 2, cancelledAt: clock.now() });
    expect(await queries.get(order.id, 'customer-9')).toEqual(cancelled);
    expect(stock.piecesOf(kettle)).toBe(17);
    expect(stock.moves.at(-1)).toEqual({ way: 'in', purpose: { orderId: order.id, customerId: 'customer-9' } });
    expect(told()).toEqual(['orders.order-placed.v1', 'orders.order-cancelled.v1']);
  });

  it('changes nothing on an order that is cancelled already, and gives it as it is', async () => {
    const { cancelOrder, order, clock, stock, kettle, told } = await aTillWithAnOrder();
    const first = await cancelOrder.execute(order.id, 'customer-9');
    clock.passSeconds(60);

    expect(await cancelOrder.execute(order.id, 'customer-9')).toEqual(first);

    expect(stock.piecesOf(kettle)).toBe(17);
    expect(told()).toHaveLength(2);
  });

  it('puts pieces back once, when many cancel at once', async () => {
    const { cancelOrder, order, stock, kettle, told } = await aTillWithAnOrder();

    const answers = await Promise.all(Array.from({ length: 10 }, () => cancelOrder.execute(order.id, 'customer-9')));

    expect(new Set(answers.map(({ version }) => version))).toEqual(new Set([2]));
    expect(stock.piecesOf(kettle)).toBe(17);
    expect(told()).toHaveLength(2);
  });

  it("knows nothing of another's order, as of one that there is not", async () => {
    const { cancelOrder, order, queries } = await aTillWithAnOrder();
    const nowhere = newId();

    await expect(cancelOrder.execute(order.id, 'customer-8')).rejects.toEqual(new OrderNotFound(order.id));
    await expect(cancelOrder.execute(nowhere, 'customer-8')).rejects.toEqual(new OrderNotFound(nowhere));

    expect(await queries.get(order.id, 'customer-9')).toEqual(order);
  });

  it('cancels nothing when the pieces are not taken back', async () => {
    const { cancelOrder, order, stock, kettle, queries, told } = await aTillWithAnOrder();
    stock.holding(kettle, ROOM, { amount: 5_490, currency: 'EUR' });

    await expect(cancelOrder.execute(order.id, 'customer-9')).rejects.toEqual(new StockNotTakenBack(order.id));

    expect(await queries.get(order.id, 'customer-9')).toEqual(order);
    expect(told()).toEqual(['orders.order-placed.v1']);
  });
});

describe('OrderQueries', () => {
  it("knows nothing of another's order, as of one that there is not", async () => {
    const { queries, order } = await aTillWithAnOrder();
    const nowhere = newId();

    await expect(queries.get(order.id, 'customer-8')).rejects.toEqual(new OrderNotFound(order.id));
    await expect(queries.get(nowhere, 'customer-8')).rejects.toEqual(new OrderNotFound(nowhere));
  });
});
