import { UseCase } from '#kernel/use-case';
import type { Product } from '../domain/product.js';
import type { ProductId } from '../domain/product.state.js';
import { Abandonment } from './abandonment.js';
import { LastGoodAnswers } from './last-good-answers.js';
import { type Asking, ProductRecommender, RECOMMENDATIONS_ASKED } from './ports/product.recommender.js';
import { ProductRepository } from './ports/product.repository.js';
import { RecommendationObserver, type RecommendationSource } from './ports/recommendation.observer.js';
import { TimeBudget } from './ports/time-budget.js';
import { RecommendationBounds } from './recommendation.bounds.js';

/** What a page has room for. */
export const RECOMMENDATIONS_SHOWN = 8;

export interface ProductRecommendations {
  /** On sale, the best first, never the product itself. */
  readonly items: readonly Product[];
  readonly source: RecommendationSource;
  /** It isn't what the recommender says now. A live answer is not degraded, also when it is empty. */
  readonly degraded: boolean;
}

/** What the recommender said, or what kept it from saying anything. */
type LiveAnswer = { readonly productIds: readonly ProductId[] } | { readonly cause: unknown };

/** A question that is under way. */
export interface AskedRecommender {
  /** Never rejected. */
  readonly answer: Promise<LiveAnswer>;
  /** Nobody waits for the answer any more. */
  abandon(): void;
}

interface Rung extends Pick<ProductRecommendations, 'items' | 'source'> {
  readonly cause?: unknown;
}

/**
 * Recommendations that never fail: what the recommender says (live), else what it last said of the product (stale), else
 * what sells best in the category (popular), else nothing (none). Each rung has a bound on its time, so that the product
 * waits no longer than `liveMs` + `productsMs` for them.
 */
@UseCase()
export class RecommendationLadder {
  constructor(
    private readonly recommender: ProductRecommender,
    private readonly products: ProductRepository,
    private readonly lastGood: LastGoodAnswers,
    private readonly budget: TimeBudget,
    private readonly bounds: RecommendationBounds,
    private readonly observer: RecommendationObserver,
  ) {}

  /** Asks the recommender without waiting, so that the product can be read meanwhile. */
  ask(productId: ProductId): AskedRecommender {
    const asking = new Abandonment();
    return { answer: this.live(productId, asking), abandon: () => asking.abandon() };
  }

  /** The highest rung that carries. */
  async answer(product: Product, asked: AskedRecommender): Promise<ProductRecommendations> {
    const { items, source, cause } = await this.rungFor(product, await asked.answer);
    this.observer.served(source, cause);
    return { items, source, degraded: source !== 'live' };
  }

  private async live(productId: ProductId, asking: Asking): Promise<LiveAnswer> {
    try {
      const recommended = await this.recommender.recommend(productId, RECOMMENDATIONS_ASKED, asking);
      return { productIds: recommended.slice(0, RECOMMENDATIONS_ASKED).map((each) => each.productId) };
    } catch (cause) {
      return { cause };
    }
  }

  private async rungFor(product: Product, answer: LiveAnswer): Promise<Rung> {
    try {
      if ('productIds' in answer) return await this.liveRung(product, answer.productIds);
      const { cause } = answer;
      const stale = await this.onSale(product, this.lastGood.recall(product.id) ?? []);
      if (stale.length > 0) return { items: stale, source: 'stale', cause };
      const items = await this.bestsellers(product);
      return { items, source: items.length > 0 ? 'popular' : 'none', cause };
    } catch (cause) {
      // The catalog can't even read its own products, so no lower rung that needs them would carry.
      return { items: [], source: 'none', cause };
    }
  }

  /** Good is an answer that shows something: one that names nothing on sale replaces no better one. */
  private async liveRung(product: Product, productIds: readonly ProductId[]): Promise<Rung> {
    const items = await this.onSale(product, productIds);
    if (items.length > 0) this.lastGood.remember(product.id, productIds);
    return { items, source: 'live' };
  }

  /** In the recommender's order: as many as are shown are looked up at once, and the rest where some of them are not on sale. */
  private async onSale({ id }: Product, productIds: readonly ProductId[]): Promise<readonly Product[]> {
    const others = [...new Set(productIds)].filter((productId) => productId !== id);
    if (others.length === 0) return [];
    let shown: readonly Product[] = [];
    const look = async (): Promise<void> => {
      shown = await this.activeOf(others.slice(0, RECOMMENDATIONS_SHOWN));
      const rest = others.slice(RECOMMENDATIONS_SHOWN);
      if (shown.length < RECOMMENDATIONS_SHOWN && rest.length > 0) shown = [...shown, ...(await this.activeOf(rest))];
    };
    try {
      await this.budget.within(this.bounds.productsMs, look);
    } catch (error) {
      if (shown.length === 0) throw error; // a second look that fails takes nothing from what the first has found
    }
    return shown.slice(0, RECOMMENDATIONS_SHOWN);
  }

  private async activeOf(ids: readonly ProductId[]): Promise<readonly Product[]> {
    const byId = new Map((await this.products.findActive(ids)).map((product) => [product.id, product]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  private async bestsellers({ id, category }: Product): Promise<readonly Product[]> {
    const best = await this.budget.within(this.bounds.productsMs, () =>
      this.products.bestsellers(category, RECOMMENDATIONS_SHOWN + 1),
    );
    return best.filter((product) => product.id !== id).slice(0, RECOMMENDATIONS_SHOWN);
  }
}
