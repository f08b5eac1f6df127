import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { newId } from '#kernel/id';
import { type CloudEvent, EventUnreadable } from '#platform/messaging';
import { aUnitOfWork } from '#platform/testing';
import { ForgetPurchase } from '../../application/forget-purchase.js';
import { RecordPurchase } from '../../application/record-purchase.js';
import { PURCHASE_PRODUCTS_MAX } from '../../domain/purchase.js';
import { anOrderCancelled, anOrderPlaced } from '../../testing/order-event.builder.js';
import { InMemoryCompanionRepository } from '../memory/in-memory-companion.repository.js';
import { OrderEventsConsumer } from './order-events.consumer.js';

const [kettle, filters, grinder] = [newId(), newId(), newId()];

let companions: InMemoryCompanionRepository;
let consumer: OrderEventsConsumer;
beforeEach(() => {
  companions = new InMemoryCompanionRepository();
  const forget = new ForgetPurchase(companions, aUnitOfWork().unitOfWork);
  consumer = new OrderEventsConsumer(new RecordPurchase(companions), forget);
});

const companionsOf = async (id: string): Promise<string[]> =>
  (await companions.companionsOf(id, 100)).map(({ productId }) => productId);

describe('an order that was placed', () => {
  it('teaches what was bought together', async () => {
    await consumer.placed(anOrderPlaced(newId(), [kettle, filters]));

    expect(await companions.companionsOf(kettle, 5)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
  });

  it('counts once, under its own id, however often it is told and however its ids are written', async () => {
    const orderId = newId();
    await consumer.placed(anOrderPlaced(orderId, [kettle, filters]));
    await consumer.placed(anOrderPlaced(orderId.toUpperCase(), [kettle.toUpperCase(), filters]));

    expect(await companions.companionsOf(kettle, 5)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
  });

  it('may say more than is known of its version', async () => {
    await consumer.placed(anOrderPlaced(newId(), [kettle, filters], { giftWrap: true }));

    expect(await companionsOf(kettle)).toEqual([filters]);
  });

  it('may have as many lines as a purchase has products', async () => {
    const ids = Array.from({ length: PURCHASE_PRODUCTS_MAX }, () => newId());
    await consumer.placed(anOrderPlaced(newId(), ids));

    expect(await companionsOf(ids[0] as string)).toHaveLength(PURCHASE_PRODUCTS_MAX - 1);
  });
});

describe('an order that was cancelled', () => {
  it('is forgotten', async () => {
    const orderId = newId();
    await consumer.placed(anOrderPlaced(orderId, [kettle, filters]));
    await consumer.placed(anOrderPlaced(newId(), [kettle, grinder]));

    await consumer.cancelled(anOrderCancelled(orderId));
    await consumer.cancelled(anOrderCancelled(orderId));

    expect(await companions.companionsOf(kettle, 5)).toEqual([{ productId: grinder, together: 1, purchases: 1 }]);
  });

  it('is not learned from when its placing is told afterwards', async () => {
    const orderId = newId();
    await consumer.cancelled(anOrderCancelled(orderId));

    await consumer.placed(anOrderPlaced(orderId, [kettle, filters]));

    expect(await companionsOf(kettle)).toEqual([]);
  });

  it('is told to the operator when it stays counted, because what it held is not known', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const orderId = newId();
    jest.spyOn(companions, 'forget').mockResolvedValue({ outcome: 'kept', productIds: [] });

    await consumer.cancelled(anOrderCancelled(orderId));

    expect(warn).toHaveBeenCalledWith(expect.stringContaining(orderId));
    jest.restoreAllMocks();
  });
});

describe('an event that is not what its type promises', () => {
  const line = (productId: unknown) => ({ productId, quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } });
  const placed = (over: Readonly<Record<string, unknown>>): CloudEvent => anOrderPlaced(newId(), [kettle], over);

  it.each([
    ['no order', placed({ orderId: undefined }), 'orderId'],
    ['an order that is no UUID', placed({ orderId: 'order 7' }), 'orderId'],
    ['no lines', placed({ lines: undefined }), 'lines'],
    ['an empty list of lines', placed({ lines: [] }), 'lines'],
    ['an object for lines', placed({ lines: { length: 1 } }), 'lines'],
    ['null for a line', placed({ lines: [null] }), 'lines'],
    ['a text for a line', placed({ lines: ['kettle'] }), 'lines'],
    ['a product that is no UUID', placed({ lines: [line(kettle), line('kettle')] }), 'lines.1.productId'],
    ['a product that is missing', placed({ lines: [{}] }), 'lines.0.productId'],
    [
      'more lines than an order has',
      placed({ lines: Array.from({ length: PURCHASE_PRODUCTS_MAX + 1 }, () => line(newId())) }),
      'lines',
    ],
  ])('is refused, and teaches nothing: %s', async (_what, event, field) => {
    const attempt = consumer.placed(event);

    await expect(attempt).rejects.toBeInstanceOf(EventUnreadable);
    await expect(attempt).rejects.toThrow(`wrong in data: ${field}`);
    expect(await companionsOf(kettle)).toEqual([]);
  });

  it('is refused, and forgets nothing: a cancellation without an order', async () => {
    const event = anOrderCancelled(newId());

    await expect(consumer.cancelled({ ...event, data: { cancelledAt: 'today' } })).rejects.toThrow('orderId');
  });
});
