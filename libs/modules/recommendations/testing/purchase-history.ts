import fc from 'fast-check';
import { newId } from '#kernel/id';
import type { Purchase } from '../domain/purchase.js';
import type { Companion } from '../domain/recommendation.js';

const PRODUCTS = 5;
const PURCHASES = 6;
const BATCHES_MAX = 8;
const BATCH_MAX = 6;

export interface Step {
  readonly did: 'recorded' | 'forgotten';
  readonly purchase: Purchase;
}

/** What happened to a shop of its own: the steps of a batch at once, the batches one after the other. */
export interface History {
  readonly productIds: readonly string[];
  readonly batches: readonly (readonly Step[])[];
}

/** Few products and few purchases, so that they meet often. */
export const aHistory = (): fc.Arbitrary<History> => {
  const baskets = fc.array(fc.uniqueArray(fc.nat(PRODUCTS - 1), { minLength: 1 }), {
    minLength: PURCHASES,
    maxLength: PURCHASES,
  });
  const step = fc.record({
    did: fc.constantFrom('recorded' as const, 'recorded' as const, 'forgotten' as const),
    which: fc.nat(PURCHASES - 1),
  });
  const batches = fc.array(fc.array(step, { maxLength: BATCH_MAX }), { maxLength: BATCHES_MAX });
  return fc.tuple(baskets, batches).map(([ofProducts, ofSteps]) => {
    const productIds = Array.from({ length: PRODUCTS }, () => newId());
    const purchases = ofProducts.map((basket) => ({
      id: newId(),
      productIds: basket.map((n) => String(productIds[n])),
    }));
    const steps = ofSteps.map((batch) =>
      batch.map(({ did, which }) => ({ did, purchase: purchases[which] as Purchase })),
    );
    return { productIds, batches: steps };
  });
};

/** What companions each product has to have in the end, counted from scratch. */
export function modelOf({ productIds, batches }: History): ReadonlyMap<string, readonly Companion[]> {
  const steps = batches.flat();
  const taken = new Set(steps.filter(({ did }) => did === 'forgotten').map(({ purchase }) => purchase));
  const counted = [...new Set(steps.map(({ purchase }) => purchase))].filter(
    (purchase) => !taken.has(purchase) && purchase.productIds.length > 1,
  );
  const holding = (...ids: string[]): number =>
    counted.filter((purchase) => ids.every((id) => purchase.productIds.includes(id))).length;
  return new Map(
    productIds.map((id) => {
      const companions = productIds
        .filter((otherId) => otherId !== id && holding(id, otherId) > 0)
        .map((otherId) => ({ productId: otherId, together: holding(id, otherId), purchases: holding(id) }))
        .sort((a, b) => b.together - a.together || (a.productId < b.productId ? -1 : 1));
      return [id, companions] as const;
    }),
  );
}
