import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '#kernel/id';
import type { UnitOfWork } from '#kernel/unit-of-work';
import type { CompanionRepository, Forgetting } from '../application/ports/companion.repository.js';
import { PURCHASE_PRODUCTS_MAX, type Purchase } from '../domain/purchase.js';
import { aHistory, type History, modelOf } from './purchase-history.js';
import { productId } from './product-id.js';

const [kettle, filters, grinder, teapot] = ['kettle', 'filters', 'grinder', 'teapot'].map(productId) as [
  string,
  string,
  string,
  string,
];

const aPurchase = (...productIds: string[]): Purchase => ({ id: newId(), productIds });
const byId = (...ids: string[]): string[] => ids.sort();

/** Each history runs some dozens of statements. */
const HISTORIES = 30;

export interface CompanionStore {
  readonly companions: CompanionRepository;
  readonly unitOfWork: UnitOfWork;
}

/** What every store of companions does. `make` gives an empty one for each test. */
export function companionRepositoryContract(make: () => Promise<CompanionStore>): void {
  let companions: CompanionRepository;
  let unitOfWork: UnitOfWork;
  beforeEach(async () => {
    ({ companions, unitOfWork } = await make());
  });

  // Units that may not be done again: two that lock each other out would fail, and not be repeated unseen.
  const recordInUnit = (purchase: Purchase): Promise<number> => unitOfWork.run(() => companions.record([purchase]));
  const forget = async (purchase: Pick<Purchase, 'id'>): Promise<Forgetting> =>
    (await unitOfWork.run(() => companions.forget(purchase.id))).outcome;
  const clear = (): Promise<number> => unitOfWork.run(() => companions.clear());

  const idsOf = async (id: string, limit = 20): Promise<string[]> =>
    (await companions.companionsOf(id, limit)).map((companion) => companion.productId);

  describe('companionsOf', () => {
    it('is empty for a product that was never bought', async () => {
      await companions.record([aPurchase(kettle, filters)]);

      expect(await companions.companionsOf(teapot, 20)).toEqual([]);
    });

    it('gives companions field for field, from either side', async () => {
      await companions.record([aPurchase(kettle, filters), aPurchase(kettle, filters), aPurchase(kettle, grinder)]);

      expect(await companions.companionsOf(kettle, 20)).toEqual([
        { productId: filters, together: 2, purchases: 3 },
        { productId: grinder, together: 1, purchases: 3 },
      ]);
      expect(await companions.companionsOf(filters, 20)).toEqual([{ productId: kettle, together: 2, purchases: 2 }]);
    });

    it('orders by count, and ties by id', async () => {
      const [first, second] = byId(filters, grinder) as [string, string];
      await companions.record([aPurchase(kettle, second), aPurchase(kettle, first), aPurchase(kettle, teapot)]);
      await companions.record([aPurchase(kettle, teapot)]);

      expect(await idsOf(kettle)).toEqual([teapot, first, second]);
    });

    it('gives no more than asked for, the first of the order', async () => {
      await companions.record([aPurchase(kettle, filters), aPurchase(kettle, filters), aPurchase(kettle, grinder)]);

      expect(await idsOf(kettle, 1)).toEqual([filters]);
    });
  });

  describe('record', () => {
    it('says how many were new, and counts each once', async () => {
      const [known, fresh] = [aPurchase(kettle, filters), aPurchase(kettle, filters)];
      await companions.record([known]);

      expect(await companions.record([known, fresh])).toBe(1);

      expect(await companions.companionsOf(kettle, 20)).toEqual([{ productId: filters, together: 2, purchases: 2 }]);
    });

    it('takes none, and says so', async () => {
      expect(await companions.record([])).toBe(0);
    });

    it('counts a purchase once that many tell at once', async () => {
      const one = aPurchase(kettle, filters);

      const recorded = await Promise.all(Array.from({ length: 8 }, () => companions.record([one])));

      expect(recorded.sort((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
      expect(await companions.companionsOf(kettle, 20)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
    });

    it('loses no count when many buy the same things at once, in whatever order', async () => {
      const products = [kettle, filters, grinder, teapot];
      const purchases = Array.from({ length: 24 }, (_, n) =>
        aPurchase(...products.slice(n % 4), ...products.slice(0, n % 4)),
      );

      await Promise.all(purchases.map(recordInUnit));

      for (const { together, purchases: all } of await companions.companionsOf(kettle, 20)) {
        expect({ together, all }).toEqual({ together: 24, all: 24 });
      }
    });

    it('counts every pair of the largest purchase', async () => {
      const ids = Array.from({ length: PURCHASE_PRODUCTS_MAX }, (_, n) => productId(`product ${n}`));
      await companions.record([aPurchase(...ids)]);

      for (const id of ids) expect(await idsOf(id, 100)).toEqual(ids.filter((other) => other !== id).sort());
    });
  });

  describe('a purchase of one product', () => {
    it('is remembered, and changes no count', async () => {
      const alone = aPurchase(kettle);

      expect(await companions.record([alone, aPurchase(kettle, filters)])).toBe(2);

      expect(await companions.companionsOf(kettle, 20)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
      expect(await companions.record([alone])).toBe(0);
    });

    it('is forgotten without a trace in the counts', async () => {
      const alone = aPurchase(kettle);
      await companions.record([alone, aPurchase(kettle, filters)]);

      expect(await forget(alone)).toBe('forgotten');

      expect(await companions.companionsOf(kettle, 20)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
    });
  });

  describe('forget', () => {
    it('takes back exactly what was counted', async () => {
      const [kept, gone] = [aPurchase(kettle, filters), aPurchase(kettle, filters, grinder)];
      await companions.record([kept, gone]);

      expect(await forget(gone)).toBe('forgotten');

      expect(await companions.companionsOf(kettle, 20)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
      expect(await companions.companionsOf(grinder, 20)).toEqual([]);
    });

    it('does nothing the second time', async () => {
      const [kept, gone] = [aPurchase(kettle, filters), aPurchase(kettle, filters)];
      await companions.record([kept, gone]);
      await forget(gone);

      expect(await forget(gone)).toBe('known');

      expect(await companions.companionsOf(kettle, 20)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
    });

    it('leaves a mark of a purchase that was never told: it is not counted later', async () => {
      const early = aPurchase(kettle, filters);

      expect(await forget(early)).toBe('marked');

      expect(await companions.record([early])).toBe(0);
      expect(await companions.companionsOf(kettle, 20)).toEqual([]);
      expect(await forget(early)).toBe('known');
    });

    it('is for good: told again, the purchase is not counted', async () => {
      const gone = aPurchase(kettle, filters);
      await companions.record([gone]);
      await forget(gone);

      expect(await companions.record([gone])).toBe(0);
      expect(await companions.companionsOf(kettle, 20)).toEqual([]);
    });

    it('is undone with the unit of work that it is a part of, as recording is', async () => {
      const [known, fresh, early] = [
        aPurchase(kettle, filters),
        aPurchase(kettle, grinder),
        aPurchase(teapot, grinder),
      ];
      await companions.record([known]);
      const failing = unitOfWork.run(async () => {
        await companions.forget(known.id);
        await companions.record([fresh]);
        await companions.forget(early.id);
        throw new Error('after all');
      });
      await expect(failing).rejects.toThrow('after all');

      expect(await companions.companionsOf(kettle, 20)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
      expect(await companions.record([known, fresh, early])).toBe(2);
    });

    it('forgets once what many forget at once', async () => {
      const [kept, gone] = [aPurchase(kettle, filters), aPurchase(kettle, filters)];
      await companions.record([kept, gone]);

      const forgotten = await Promise.all(Array.from({ length: 8 }, () => forget(gone)));

      expect(forgotten.filter((each) => each === 'forgotten')).toHaveLength(1);
      expect(await companions.companionsOf(kettle, 20)).toEqual([{ productId: filters, together: 1, purchases: 1 }]);
    });

    it('wins over the recording of the same purchase at the same time', async () => {
      const purchases = Array.from({ length: 16 }, () => aPurchase(kettle, filters, grinder));

      await Promise.all(purchases.flatMap((each) => [recordInUnit(each), forget(each)]));

      expect(await companions.companionsOf(kettle, 20)).toEqual([]);
    });

    it('gets along with whoever records the same products at the same time, in whatever order', async () => {
      const products = [kettle, filters, grinder, teapot];
      const purchases = Array.from({ length: 48 }, (_, n) =>
        aPurchase(...products.slice(n % 4), ...products.slice(0, n % 4)),
      );
      const [gone, kept] = [purchases.slice(0, 24), purchases.slice(24)];
      await companions.record(gone);

      await Promise.all(gone.flatMap((each, n) => [forget(each), recordInUnit(kept[n] as Purchase)]));

      for (const { together, purchases: all } of await companions.companionsOf(kettle, 20)) {
        expect({ together, all }).toEqual({ together: 24, all: 24 });
      }
    });
  });

  describe('clear', () => {
    it('forgets all purchases and all counts, and says how many purchases there were', async () => {
      const [known, gone] = [aPurchase(kettle, filters), aPurchase(kettle, grinder)];
      await companions.record([known, gone]);
      await forget(gone);

      expect(await clear()).toBe(2);

      expect(await companions.companionsOf(kettle, 20)).toEqual([]);
      expect(await companions.record([known, gone])).toBe(2);
    });

    it('finds nothing the second time', async () => {
      await companions.record([aPurchase(kettle, filters)]);
      await clear();

      expect(await clear()).toBe(0);
    });

    it('leaves nothing half: what is recorded meanwhile is wholly there, or wholly gone', async () => {
      await companions.record(Array.from({ length: 20 }, () => aPurchase(kettle, filters)));
      const meanwhile = Array.from({ length: 20 }, () => aPurchase(kettle, filters));

      await Promise.all([clear(), ...meanwhile.map((each) => companions.record([each]))]);

      const [counted] = await companions.companionsOf(kettle, 20);
      const goneAgain = await companions.record(meanwhile);
      expect(counted?.together ?? 0).toBe(meanwhile.length - goneAgain);
    });
  });

  describe('any history of purchases told and taken back, in any order and more than once', () => {
    /** What many do at once is done by the whole batch together. */
    async function live(history: History): Promise<void> {
      for (const batch of history.batches) {
        await Promise.all(
          batch.map(({ did, purchase }) => (did === 'recorded' ? recordInUnit(purchase) : forget(purchase))),
        );
      }
    }

    it('ends with the counts of those that were told and never taken back', async () => {
      await fc.assert(
        fc.asyncProperty(aHistory(), async (history) => {
          await live(history);

          for (const [id, expected] of modelOf(history)) {
            expect(await companions.companionsOf(id, 20)).toEqual(expected);
          }
        }),
        { numRuns: HISTORIES },
      );
    });
  });
}
