import { beforeEach, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { RECOMMENDATIONS_ASKED, type ProductRecommender } from '../application/ports/product.recommender.js';

/** A recommender, and a way to teach it. */
export interface TaughtRecommender {
  readonly recommender: ProductRecommender;
  /** That these were bought together. */
  learn(productIds: readonly string[]): Promise<void>;
}

const unheard = new AbortController();

/** What every recommender does. `make` gives one that knows nothing, for each test. */
export function productRecommenderContract(make: () => Promise<TaughtRecommender>): void {
  let taught: TaughtRecommender;
  beforeEach(async () => {
    taught = await make();
  });

  const recommend = (productId: string, limit = RECOMMENDATIONS_ASKED) =>
    taught.recommender.recommend(productId, limit, unheard);

  it('knows nothing of a product that nobody bought', async () => {
    expect(await recommend(newId())).toEqual([]);
  });

  it('gives what was bought together, the best first, field for field', async () => {
    const [kettle, filters, mug] = [newId(), newId(), newId()];
    await taught.learn([kettle, filters]);
    await taught.learn([kettle, filters, mug]);

    expect(await recommend(kettle)).toEqual([
      { productId: filters, score: 1 },
      { productId: mug, score: 0.5 },
    ]);
  });

  it('gives no more than was asked for', async () => {
    const kettle = newId();
    await taught.learn([kettle, ...Array.from({ length: 40 }, () => newId())]);

    expect(await recommend(kettle, 3)).toHaveLength(3);
    expect(await recommend(kettle)).toHaveLength(RECOMMENDATIONS_ASKED);
  });
}
