import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import type { CompanionRepository } from '../application/ports/companion.repository.js';
import { PURCHASE_PRODUCTS_MAX, type Purchase } from '../domain/purchase.js';
import { productId } from './product-id.js';

const [kettle, filters, grinder, teapot] = ['kettle', 'filters', 'grinder', 'teapot'].map(productId) as [
  string,
  string,
  string,
  string,
];

const aPurchase = (...productIds: string[]): Purchase => ({ id: newId(), productIds });
const byId = (...ids: string[]): string[] => ids.sort();

/** What every store of companions does. `make` gives an empty one for each test. */
export function companionRepositoryContract(make: () => Promise<CompanionRepository>): void {
  let companions: CompanionRepository;
  beforeEach(async () => {
    companions = await make();
  });

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

      await Promise.all(purchases.map((each) => companions.record([each])));

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
}
