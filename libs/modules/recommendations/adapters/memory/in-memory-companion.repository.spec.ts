import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { aUnitOfWork } from '#platform/testing';
import { companionRepositoryContract } from '../../testing/companion.repository.contract.js';
import { InMemoryCompanionRepository, PURCHASES_REMEMBERED_MAX } from './in-memory-companion.repository.js';

describe('InMemoryCompanionRepository', () => {
  companionRepositoryContract(async () => ({
    companions: new InMemoryCompanionRepository(),
    unitOfWork: aUnitOfWork().unitOfWork,
  }));

  it('remembers so many purchases and no more: the oldest is forgotten, and counts for ever', async () => {
    const companions = new InMemoryCompanionRepository();
    const first = { id: newId(), productIds: ['kettle', 'filters'] };
    await companions.record([first]);
    await companions.record(
      Array.from({ length: PURCHASES_REMEMBERED_MAX }, () => ({ id: newId(), productIds: ['mug'] })),
    );

    expect(await companions.forget(first.id)).toMatchObject({ outcome: 'marked' });

    expect(await companions.companionsOf('kettle', 5)).toEqual([{ productId: 'filters', together: 1, purchases: 1 }]);
  });
});
