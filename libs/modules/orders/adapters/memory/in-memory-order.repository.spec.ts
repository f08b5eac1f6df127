import { describe, expect, it } from '@jest/globals';
import { MemoryStoreFull } from '#platform/errors';
import { aUnitOfWork } from '#platform/testing';
import { anOrder } from '../../testing/order.builder.js';
import { orderRepositoryContract } from '../../testing/order.repository.contract.js';
import { InMemoryOrderRepository, ORDERS_MAX } from './in-memory-order.repository.js';

describe('InMemoryOrderRepository', () => {
  orderRepositoryContract(async () => new InMemoryOrderRepository());

  it('takes no more than its bound, and says how to go on', async () => {
    const full = InMemoryOrderRepository.holding(...Array.from({ length: ORDERS_MAX }, () => anOrder({ lines: [] })));

    await expect(full.add(anOrder())).rejects.toBeInstanceOf(MemoryStoreFull);
  });

  it('leaves nothing behind of a unit of work that fails', async () => {
    const [kept, added] = [anOrder({ status: 'placed' }), anOrder()];
    const orders = InMemoryOrderRepository.holding(kept);

    const attempt = aUnitOfWork().unitOfWork.run(async () => {
      await orders.add(added);
      await orders.save(kept.cancel(new Date('2026-03-01T00:00:00Z')));
      throw new Error('no');
    });

    await expect(attempt).rejects.toThrow('no');
    expect(await orders.find(kept.id, 'customer-9')).toEqual(kept);
    expect(await orders.find(added.id, 'customer-9')).toBeNull();
  });
});
