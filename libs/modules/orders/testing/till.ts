import { newId } from '#kernel/id';
import { SettableClock } from '#kernel/testing/settable-clock';
import { aUnitOfWork } from '#platform/testing';
import { InMemoryOrderRepository } from '../adapters/memory/in-memory-order.repository.js';
import { CancelOrder } from '../application/cancel-order.js';
import { OrderQueries } from '../application/order.queries.js';
import { PlaceOrder } from '../application/place-order.js';
import { ShelfStock } from './shelf.stock.js';

/** The use cases over stores in memory: a kettle of which there are 17, a mug of which there are 9. */
export function aTill(orders = new InMemoryOrderRepository()) {
  const { unitOfWork, outbox } = aUnitOfWork();
  const clock = new SettableClock(Date.UTC(2026, 4, 6, 7, 8, 9, 123));
  const [kettle, mug] = [newId(), newId()];
  const stock = new ShelfStock()
    .holding(kettle, 17, { amount: 5_490, currency: 'EUR' })
    .holding(mug, 9, { amount: 1_490, currency: 'EUR' });
  return {
    kettle,
    mug,
    stock,
    orders,
    clock,
    placeOrder: new PlaceOrder(orders, stock, unitOfWork, clock),
    cancelOrder: new CancelOrder(orders, stock, unitOfWork, clock),
    queries: new OrderQueries(orders),
    /** Types of the events that were kept, in order. */
    told: () => outbox.events.map(({ type }) => type),
  };
}
