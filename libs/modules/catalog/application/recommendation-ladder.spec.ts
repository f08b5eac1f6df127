import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { InMemoryProductRepository } from '../adapters/memory/in-memory-product.repository.js';
import type { Product } from '../domain/product.js';
import { aProduct } from '../testing/product.builder.js';
import { RecordingBudget, RecordingObserver, ScriptedRecommender } from '../testing/scripted.recommender.js';
import { SettableClock } from '#kernel/testing/settable-clock';
import { LastGoodAnswers } from './last-good-answers.js';
import { RECOMMENDATIONS_ASKED } from './ports/product.recommender.js';
import { RECOMMENDATIONS_SHOWN, RecommendationLadder } from './recommendation-ladder.js';

const BOUNDS = { liveMs: 300, productsMs: 200, staleSeconds: 60 };
const AWAY = new Error('The recommender is away.');

class BrokenProducts extends InMemoryProductRepository {
  readonly cause = new Error('The database is away.');

  override findActive(): Promise<never> {
    return Promise.reject(this.cause);
  }

  override bestsellers(): Promise<never> {
    return Promise.reject(this.cause);
  }
}

async function aLadder(shelf: readonly Product[] = [], products = new InMemoryProductRepository()) {
  for (const product of shelf) await products.add(product);
  const [recommender, observer, budget, clock] = [
    new ScriptedRecommender(),
    new RecordingObserver(),
    new RecordingBudget(),
    new SettableClock(),
  ];
  const lastGood = new LastGoodAnswers(clock, BOUNDS);
  const ladder = new RecommendationLadder(recommender, products, lastGood, budget, BOUNDS, observer);
  const recommendationsOf = (product: Product) => ladder.answer(product, ladder.ask(product.id));
  return { ladder, recommender, observer, budget, clock, products, recommendationsOf };
}

const kettle = aProduct({ category: 'coffee-and-tea', name: 'kettle' });
const filters = aProduct({ category: 'coffee-and-tea', name: 'filters' });
const mug = aProduct({ category: 'tableware', name: 'mug' });

describe('the live rung', () => {
  it("shows what the recommender says, in its order, as the catalog's products", async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, mug, filters]);
    recommender.recommends(mug, filters);

    expect(await recommendationsOf(kettle)).toEqual({ items: [mug, filters], source: 'live', degraded: false });
  });

  it('is live and not degraded when the recommender knows nothing', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, filters]);
    recommender.recommends();

    expect(await recommendationsOf(kettle)).toEqual({ items: [], source: 'live', degraded: false });
  });

  it('leaves out the product itself, what is not on sale, what it never had, and repetitions', async () => {
    const draft = aProduct({ status: 'draft' });
    const gone = aProduct({ status: 'discontinued' });
    const { recommender, recommendationsOf } = await aLadder([kettle, filters, draft, gone]);
    recommender.recommends(kettle, draft, gone, { id: newId() }, filters, filters);

    expect(await recommendationsOf(kettle)).toMatchObject({ items: [filters], source: 'live' });
  });

  it('asks for more than it shows, and shows no more than there is room for', async () => {
    const many = Array.from({ length: RECOMMENDATIONS_ASKED + 5 }, () => aProduct());
    const { recommender, recommendationsOf } = await aLadder([kettle, ...many]);
    recommender.recommends(...many);

    const { items } = await recommendationsOf(kettle);

    expect(recommender.asked).toMatchObject([{ productId: kettle.id, limit: RECOMMENDATIONS_ASKED }]);
    expect(items).toEqual(many.slice(0, RECOMMENDATIONS_SHOWN));
  });
});

/** Answers the first look at what is on sale, and no other. */
class OnceThenAway extends InMemoryProductRepository {
  private looks = 0;

  override findActive(ids: readonly string[]): Promise<readonly Product[]> {
    this.looks += 1;
    return this.looks > 1 ? Promise.reject(AWAY) : super.findActive(ids);
  }
}

describe('a second look, for what is not on sale of the first', () => {
  const drafts = Array.from({ length: RECOMMENDATIONS_SHOWN - 1 }, () => aProduct({ status: 'draft' }));

  it('is taken', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, filters, mug, ...drafts]);
    recommender.recommends(mug, ...drafts, filters);

    expect(await recommendationsOf(kettle)).toMatchObject({ items: [mug, filters], source: 'live' });
  });

  it('takes nothing away where it fails', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, filters, mug, ...drafts], new OnceThenAway());
    recommender.recommends(mug, ...drafts, filters);

    expect(await recommendationsOf(kettle)).toMatchObject({ items: [mug], source: 'live' });
  });
});

describe('the stale rung', () => {
  it('shows the last good answer while the recommender is away', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, mug, filters]);
    recommender.recommends(mug, filters);
    await recommendationsOf(kettle);
    recommender.fails();

    expect(await recommendationsOf(kettle)).toEqual({ items: [mug, filters], source: 'stale', degraded: true });
  });

  it('shows products as they are now: one that left the shop is no longer there', async () => {
    const { recommender, recommendationsOf, products } = await aLadder([kettle, mug, filters]);
    recommender.recommends(mug, filters);
    await recommendationsOf(kettle);
    await products.save(mug.discontinue(new Date('2026-03-01T00:00:00Z')), mug.version);
    recommender.fails();

    expect(await recommendationsOf(kettle)).toMatchObject({ items: [filters], source: 'stale' });
  });

  it('gives way to the bestsellers when the answer is too old', async () => {
    const { recommender, recommendationsOf, clock } = await aLadder([kettle, mug, filters]);
    recommender.recommends(mug);
    await recommendationsOf(kettle);
    recommender.fails();
    clock.passSeconds(BOUNDS.staleSeconds + 1);

    expect(await recommendationsOf(kettle)).toMatchObject({ items: [filters], source: 'popular' });
  });

  it('is live again with the first answer that comes', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, mug, filters]);
    recommender.fails();
    await recommendationsOf(kettle);
    recommender.recommends(filters);

    expect(await recommendationsOf(kettle)).toMatchObject({ items: [filters], source: 'live', degraded: false });
  });
});

describe('the popular rung', () => {
  it('shows what sells best in the category, without the product itself', async () => {
    const grinder = aProduct({ category: 'coffee-and-tea', name: 'grinder' });
    const { recommender, recommendationsOf, products } = await aLadder([kettle, filters, grinder, mug]);
    await products.addUnitsSold([
      { productId: filters.id, units: 5 },
      { productId: grinder.id, units: 9 },
      { productId: kettle.id, units: 20 },
      { productId: mug.id, units: 30 },
    ]);
    recommender.fails();

    expect(await recommendationsOf(kettle)).toEqual({ items: [grinder, filters], source: 'popular', degraded: true });
  });

  it('fills the room there is, though the product itself is among the best', async () => {
    const others = Array.from({ length: RECOMMENDATIONS_SHOWN + 2 }, () => aProduct());
    const { recommender, recommendationsOf, products } = await aLadder([kettle, ...others]);
    await products.addUnitsSold([{ productId: kettle.id, units: 20 }]);
    recommender.fails();

    expect((await recommendationsOf(kettle)).items).toHaveLength(RECOMMENDATIONS_SHOWN);
  });

  it('is no rung where nothing else is on sale in the category', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, mug]);
    recommender.fails();

    expect(await recommendationsOf(kettle)).toEqual({ items: [], source: 'none', degraded: true });
  });
});

describe('the ground', () => {
  const NONE = { items: [], source: 'none', degraded: true };

  it('is nothing, when the recommender is away and the bestsellers can not be read', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, filters], new BrokenProducts());
    recommender.fails();

    expect(await recommendationsOf(kettle)).toEqual(NONE);
  });

  it('is nothing, when the products of a good answer can not be read', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, filters], new BrokenProducts());
    recommender.recommends(filters);

    expect(await recommendationsOf(kettle)).toEqual(NONE);
    recommender.fails();
    expect(await recommendationsOf(kettle)).toEqual(NONE);
  });
});

describe('the ladder', () => {
  it('never rejects, also when the recommender throws before it promises anything', async () => {
    const { recommender, recommendationsOf } = await aLadder([kettle, filters]);
    recommender.does(() => {
      throw AWAY;
    });

    expect(await recommendationsOf(kettle)).toMatchObject({ source: 'popular' });
  });

  it('tells the observer which rung carried, and what kept the better ones from it', async () => {
    const broken = new BrokenProducts();
    const { recommender, recommendationsOf, observer } = await aLadder([kettle, filters], broken);
    recommender.recommends();
    await recommendationsOf(kettle);
    recommender.fails(AWAY);
    await recommendationsOf(kettle);

    expect(observer.heard).toEqual([
      { source: 'live', cause: undefined },
      { source: 'none', cause: broken.cause },
    ]);
  });

  it('names the failure of the recommender as the cause of each degraded answer', async () => {
    const { recommender, recommendationsOf, observer } = await aLadder([kettle, filters]);
    recommender.fails(AWAY);

    await recommendationsOf(kettle);

    expect(observer.heard).toEqual([{ source: 'popular', cause: AWAY }]);
  });

  it('bounds each look into the catalog', async () => {
    const { recommender, recommendationsOf, budget } = await aLadder([kettle, filters]);
    recommender.recommends(filters);
    await recommendationsOf(kettle);
    recommender.fails();
    await recommendationsOf(kettle);
    await recommendationsOf(mug);

    expect(budget.givenMs).toEqual([BOUNDS.productsMs, BOUNDS.productsMs, BOUNDS.productsMs]);
  });
});
