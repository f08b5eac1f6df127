import { describe, expect, it } from '@jest/globals';
import { aUnitOfWork } from '#platform/testing';
import { InMemoryCompanionRepository } from '../adapters/memory/in-memory-companion.repository.js';
import { productId } from '../testing/product-id.js';
import { ForgetPurchase } from './forget-purchase.js';
import { RecommendationQueries, RECOMMENDATIONS_MAX } from './recommendation.queries.js';
import { RecordPurchase } from './record-purchase.js';
import { ResetRecommendations } from './reset-recommendations.js';

const [kettle, filters, grinder] = ['kettle', 'filters', 'grinder'].map(productId) as [string, string, string];

function aShop() {
  const companions = new InMemoryCompanionRepository();
  const { unitOfWork } = aUnitOfWork();
  const heard = { forget: () => Promise.resolve(7) };
  return {
    record: new RecordPurchase(companions),
    forget: new ForgetPurchase(companions, unitOfWork),
    reset: new ResetRecommendations(companions, heard, unitOfWork),
    queries: new RecommendationQueries(companions),
    unitOfWork,
    brokenReset: new ResetRecommendations(
      companions,
      { forget: () => Promise.reject(new Error('no inbox')) },
      unitOfWork,
    ),
  };
}

describe('recommendations', () => {
  it('score by the share of purchases that held both', async () => {
    const { record, queries } = aShop();
    await record.execute('p1', [kettle, filters]);
    await record.execute('p2', [kettle, filters, grinder]);
    await record.execute('p3', [kettle, filters]);
    await record.execute('p4', [kettle, grinder]);

    expect(await queries.forProduct(kettle, 5)).toEqual([
      { productId: filters, score: 0.75 },
      { productId: grinder, score: 0.5 },
    ]);
  });

  it('learn nothing from a purchase of one product', async () => {
    const { record, queries } = aShop();
    await record.execute('p1', [kettle, filters]);

    await record.execute('p2', [kettle]);

    expect(await queries.forProduct(kettle, 5)).toEqual([{ productId: filters, score: 1 }]);
  });

  it('count a purchase once that is told twice', async () => {
    const { record, queries } = aShop();
    await record.execute('p1', [kettle, filters]);
    await record.execute('p2', [kettle, grinder]);

    await record.execute('p2', [kettle, grinder]);

    expect(await queries.forProduct(kettle, 5)).toEqual(
      [filters, grinder].sort().map((id) => ({ productId: id, score: 0.5 })),
    );
  });

  it('are bounded, however many are asked for', async () => {
    const { record, queries } = aShop();
    await record.execute(
      'p1',
      Array.from({ length: 30 }, (_, n) => productId(`product ${n}`)),
    );

    expect(await queries.forProduct(productId('product 0'), 1_000)).toHaveLength(RECOMMENDATIONS_MAX);
  });

  it('forget a purchase that was taken back', async () => {
    const { record, forget, queries } = aShop();
    await record.execute('p1', [kettle, filters]);
    await record.execute('p2', [kettle, grinder]);

    await forget.execute('p2');

    expect(await queries.forProduct(kettle, 5)).toEqual([{ productId: filters, score: 1 }]);
    expect(await queries.forProduct(grinder, 5)).toEqual([]);
  });

  it('do not learn from a purchase that was taken back before they heard of it', async () => {
    const { record, forget, queries } = aShop();
    await forget.execute('p1');

    await record.execute('p1', [kettle, filters]);

    expect(await queries.forProduct(kettle, 5)).toEqual([]);
  });

  it('forget nothing when the work that it is a part of fails', async () => {
    const { record, forget, queries, unitOfWork } = aShop();
    await record.execute('p1', [kettle, filters]);

    const failing = unitOfWork.run(async () => {
      await forget.execute('p1');
      throw new Error('after all');
    });

    await expect(failing).rejects.toThrow('after all');
    expect(await queries.forProduct(kettle, 5)).toEqual([{ productId: filters, score: 1 }]);
  });

  it('start anew: what is told again is learned again', async () => {
    const { record, forget, reset, queries } = aShop();
    await record.execute('p1', [kettle, filters]);
    await record.execute('p2', [kettle, grinder]);
    await forget.execute('p2');

    expect(await reset.execute()).toEqual({ purchases: 2, events: 7 });

    expect(await queries.forProduct(kettle, 5)).toEqual([]);
    await record.execute('p1', [kettle, filters]);
    expect(await queries.forProduct(kettle, 5)).toEqual([{ productId: filters, score: 1 }]);
  });

  it('start anew wholly or not at all', async () => {
    const { record, brokenReset, queries } = aShop();
    await record.execute('p1', [kettle, filters]);

    await expect(brokenReset.execute()).rejects.toThrow('no inbox');

    expect(await queries.forProduct(kettle, 5)).toEqual([{ productId: filters, score: 1 }]);
  });
});
