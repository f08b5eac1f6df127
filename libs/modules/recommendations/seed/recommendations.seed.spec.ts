import { describe, expect, it } from '@jest/globals';
import { stableId } from '#kernel/id';
import { InMemoryCompanionRepository } from '../adapters/memory/in-memory-companion.repository.js';
import { PURCHASE_PRODUCTS_MAX } from '../domain/purchase.js';
import { RecommendationsSeed } from './recommendations.seed.js';
import { SAMPLE_PURCHASES, samplePurchases } from './sample-purchases.js';
import { THEMES } from './themes.js';

const idOf = (sku: string): string => stableId(`catalog:${sku}`);

describe('RecommendationsSeed', () => {
  it('counts each purchase once, however often it runs', async () => {
    const seed = new RecommendationsSeed(new InMemoryCompanionRepository());

    expect(await seed.run()).toEqual({ total: SAMPLE_PURCHASES, added: SAMPLE_PURCHASES });
    expect(await seed.run()).toEqual({ total: SAMPLE_PURCHASES, added: 0 });
  });
});

describe('the sample purchases', () => {
  const purchases = samplePurchases();
  const boughtTimes = (sku: string): number =>
    purchases.filter(({ productIds }) => productIds.includes(idOf(sku))).length;

  it('are the same each time', () => {
    expect(samplePurchases()).toEqual(purchases);
  });

  it('are purchases as the rule has them: 2 to 50 different things, an id each', () => {
    expect(new Set(purchases.map(({ id }) => id)).size).toBe(purchases.length);
    for (const { productIds } of purchases) {
      expect(productIds.length).toBeGreaterThanOrEqual(2);
      expect(productIds.length).toBeLessThanOrEqual(PURCHASE_PRODUCTS_MAX);
      expect(new Set(productIds).size).toBe(productIds.length);
    }
  });

  it('hold every product of the themes often enough to say something of it', () => {
    for (const sku of new Set(THEMES.flatMap(({ skus }) => skus))) {
      expect({ sku, enough: boughtTimes(sku) >= 10 }).toEqual({ sku, enough: true });
    }
  });

  it('put the most wanted thing of a theme before the least', () => {
    expect(boughtTimes('CYC-1005')).toBeGreaterThan(boughtTimes('CYC-1006'));
  });

  it('make good neighbours: three of the first four companions share a theme', async () => {
    const companions = new InMemoryCompanionRepository();
    await companions.record(purchases);

    for (const sku of ['COF-1001', 'CYC-1005', 'AUD-1007', 'GAR-1013', 'TOY-1007']) {
      const related = new Set(
        THEMES.filter(({ skus }) => skus.includes(sku)).flatMap(({ skus }) => skus.map((each) => idOf(each))),
      );
      const first = await companions.companionsOf(idOf(sku), 4);
      expect(first.filter(({ productId }) => related.has(productId)).length).toBeGreaterThanOrEqual(3);
    }
  });
});
