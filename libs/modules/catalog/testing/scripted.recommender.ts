import { type Asking, ProductRecommender, type Recommended } from '../application/ports/product.recommender.js';
import { RecommendationObserver, type RecommendationSource } from '../application/ports/recommendation.observer.js';
import { TimeBudget } from '../application/ports/time-budget.js';
import type { Product } from '../domain/product.js';

type Script = (productId: string, limit: number, signal: AbortSignal) => Promise<readonly Recommended[]>;

/** A recommender that does what a test says. */
export class ScriptedRecommender extends ProductRecommender {
  readonly asked: { productId: string; limit: number; signal: AbortSignal }[] = [];
  private script: Script = () => Promise.resolve([]);

  does(script: Script): void {
    this.script = script;
  }

  recommends(...products: readonly Pick<Product, 'id'>[]): void {
    this.script = () => Promise.resolve(products.map(({ id }) => ({ productId: id, score: 0.5 })));
  }

  fails(cause: unknown = new Error('The recommender is away.')): void {
    this.script = async () => {
      throw cause;
    };
  }

  override recommend(productId: string, limit: number, { signal }: Asking): Promise<readonly Recommended[]> {
    this.asked.push({ productId, limit, signal });
    return this.script(productId, limit, signal);
  }
}

/** Remembers which rungs carried. */
export class RecordingObserver extends RecommendationObserver {
  readonly heard: { source: RecommendationSource; cause: unknown }[] = [];

  override served(source: RecommendationSource, cause?: unknown): void {
    this.heard.push({ source, cause });
  }
}

/** Lets work take its time, and remembers how long it was allowed to take. */
export class RecordingBudget extends TimeBudget {
  readonly givenMs: number[] = [];

  override within<T>(budgetMs: number, work: () => Promise<T>): Promise<T> {
    this.givenMs.push(budgetMs);
    return work();
  }
}
