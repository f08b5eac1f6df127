import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { aUnitOfWork, someCaches } from '#platform/testing';
import type { Purchase } from '../../domain/purchase.js';
import { companionRepositoryContract } from '../../testing/companion.repository.contract.js';
import { productId } from '../../testing/product-id.js';
import { InMemoryCompanionRepository } from '../memory/in-memory-companion.repository.js';
import { CachedCompanionRepository, COMPANIONS_KEPT } from './cached-companion.repository.js';
import { companionsIn } from './kept-companions.js';

const [kettle, filters, grinder] = ['kettle', 'filters', 'grinder'].map(productId) as [string, string, string];
const aPurchase = (...productIds: string[]): Purchase => ({ id: newId(), productIds });

function cached(ttlSeconds: number) {
  const { caches, results } = someCaches();
  const stored = new InMemoryCompanionRepository();
  return { companions: new CachedCompanionRepository(stored, caches, { ttlSeconds }), stored, results };
}

describe('CachedCompanionRepository', () => {
  describe('turned off', () => {
    companionRepositoryContract(async () => ({
      companions: cached(0).companions,
      unitOfWork: aUnitOfWork().unitOfWork,
    }));
  });

  describe('after a product was asked for', () => {
    const told = aPurchase(kettle, filters);
    let { companions, results } = cached(60);
    beforeEach(async () => {
      ({ companions, results } = cached(60));
      await companions.record([told]);
      await companions.companionsOf(kettle, COMPANIONS_KEPT);
    });
    const namesOf = async (limit = COMPANIONS_KEPT): Promise<string[]> =>
      (await companions.companionsOf(kettle, limit)).map((companion) => companion.productId);

    it('does not ask the store again, for fewer either', async () => {
      await companions.record([aPurchase(kettle, grinder)]);
      const all = await namesOf();

      expect(await namesOf(1)).toEqual(all.slice(0, 1));
      expect(results.at(-1)).toBe('hit');
    });

    it('shows at once what was bought with it since', async () => {
      await companions.record([aPurchase(kettle, grinder)]);

      expect((await namesOf()).sort()).toEqual([filters, grinder].sort());
    });

    it('shows at once that a purchase was taken back, when that is committed', async () => {
      await aUnitOfWork().unitOfWork.run(() => companions.forget(told.id));

      expect(await namesOf()).toEqual([]);
    });

    it('asks it no more after a purchase of other things', async () => {
      await companions.record([aPurchase(filters, grinder)]);
      await namesOf();

      expect(results.at(-1)).toBe('hit');
    });
  });

  it('asks the store for more than is ever kept', async () => {
    const { companions, results } = cached(60);

    expect(await companions.companionsOf(kettle, COMPANIONS_KEPT + 1)).toEqual([]);
    expect(results).toEqual([]);
  });
});

describe('what lies in the cache', () => {
  const companion = { productId: filters, together: 2, purchases: 3 };

  it.each<[string, unknown]>([
    ['nothing known', []],
    ['companions', [companion, { ...companion, productId: grinder }]],
  ])('is read where it is %s', (_what, kept) => {
    expect(companionsIn(kept)).toEqual(kept);
  });

  it.each<[string, unknown]>([
    ['no list', companion],
    ['a list of something else', ['filters']],
    ['a companion without a product', [{ ...companion, productId: undefined }]],
    ['a count that is none', [{ ...companion, together: 0 }]],
    ['more purchases together than there were', [{ ...companion, together: 4 }]],
    ['nothing', null],
  ])('is not believed where it is %s', (_what, kept) => {
    expect(companionsIn(kept)).toBeUndefined();
  });
});
