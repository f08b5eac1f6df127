import { describe, expect, it } from '@jest/globals';
import { InMemoryCompanionRepository } from '../adapters/memory/in-memory-companion.repository.js';
import { productId } from '../testing/product-id.js';
import { RecommendationQueries, RECOMMENDATIONS_MAX } from './recommendation.queries.js';
import { RecordPurchase } from './record-purchase.js';

const [kettle, filters, grinder] = ['kettle', 'filters', 'grinder'].map(productId) as [string, string, string];

function aShop() {
  const companions = new InMemoryCompanionRepository();
  return { record: new RecordPurchase(companions), queries: new RecommendationQueries(companions) };
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
});
