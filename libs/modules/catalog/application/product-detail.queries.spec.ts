import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import { ProductNotFound } from '../domain/product.errors.js';
import { aProduct } from '../testing/product.builder.js';
import { RecordingBudget, RecordingObserver, ScriptedRecommender } from '../testing/scripted.recommender.js';
import { SettableClock } from '#kernel/testing/settable-clock';
import { LastGoodAnswers } from './last-good-answers.js';
import { ProductDetailQueries } from './product-detail.queries.js';
import { ProductQueries } from './product.queries.js';
import { RecommendationLadder } from './recommendation-ladder.js';

const BOUNDS = { liveMs: 300, productsMs: 200, staleSeconds: 60 };

function aPage(products: InMemoryProductRepository) {
  const [recommender, observer] = [new ScriptedRecommender(), new RecordingObserver()];
  const lastGood = new LastGoodAnswers(new SettableClock(), BOUNDS);
  const ladder = new RecommendationLadder(recommender, products, lastGood, new RecordingBudget(), BOUNDS, observer);
  return { recommender, observer, page: new ProductDetailQueries(new ProductQueries(products), ladder) };
}

describe('ProductDetailQueries', () => {
  it('gives the product with what goes with it', async () => {
    const [kettle, filters] = [aProduct(), aProduct()];
    const { recommender, page } = aPage(InMemoryProductRepository.holding(kettle, filters));
    recommender.recommends(filters);

    expect(await page.get(kettle.id)).toEqual({
      product: kettle,
      recommendations: { items: [filters], source: 'live', degraded: false },
    });
  });

  it('asks the recommender while the product is still being read', async () => {
    const kettle = aProduct();
    const reading = Promise.withResolvers<typeof kettle>();
    class SlowProducts extends InMemoryProductRepository {
      override find(): Promise<typeof kettle> {
        return reading.promise;
      }
    }
    const { recommender, page } = aPage(new SlowProducts());

    const got = page.get(kettle.id);
    expect(recommender.asked).toHaveLength(1);

    reading.resolve(kettle);
    expect(await got).toMatchObject({ product: kettle });
  });

  it('says that there is no such product, and lets the recommender know that nobody waits', async () => {
    const { recommender, observer, page } = aPage(new InMemoryProductRepository());

    await expect(page.get(newId())).rejects.toBeInstanceOf(ProductNotFound);

    expect(recommender.asked[0]?.signal.aborted).toBe(true);
    expect(observer.heard).toEqual([]);
  });
});
