import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProductBody } from '../../system/support/store-client.js';
import {
  blackHole,
  dribble,
  html,
  huge,
  nulls,
  redirect,
  refuse,
  type Script,
  slow,
  status,
  truncatedJson,
  wrongTypes,
} from '../../../tools/stub-recommender/behaviours.ts';
import { StubRecommender } from '../../../tools/stub-recommender/stub-recommender.ts';
import { PAGE_MAX_MS } from './bounds.js';
import { figuresOf } from './figures.js';
import { type Page, Shop } from './shop.js';

const FAULTS: readonly (readonly [string, Script])[] = [
  ['refuses connections', refuse],
  ['takes five seconds', slow(5_000)],
  ['never answers', blackHole],
  ['sends one byte a second', dribble(1)],
  ['sends 50 MB', huge(50_000_000)],
  ['answers HTML', html],
  ['answers truncated JSON', truncatedJson],
  ['redirects', redirect('http://127.0.0.1:9/')],
  ['answers nulls', nulls],
  ['answers wrong types', wrongTypes],
  ['answers 500', status(500)],
];
/**
 * Good pages around each fault: less than half of all attempts fail, so the breaker stays closed, and each fault meets
 * the adapter and not a circuit that the one before has opened.
 */
const GOOD_PAGES = 3;
/** A machine may be away for longer than the recommender's time-out, now and then. */
const GOOD_PAGES_ASKED_MAX = 6;

describe('a product page whose recommender', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(await StubRecommender.start());
  });

  afterAll(() => shop?.close());

  afterEach(async () => {
    expect((await figuresOf(shop.store.managementUrl)).breakerState).toBe(0);
    expect(shop.stub.strays).toEqual([]);
  });

  const goodPages = async (product: ProductBody): Promise<void> => {
    for (let asked = 0, live = 0; live < GOOD_PAGES; asked += 1) {
      const page = await shop.page(product);
      if (page.body.recommendations.source === 'live') live += 1;
      else expect(asked).toBeLessThan(GOOD_PAGES_ASKED_MAX);
      expectPage(page, product, page.body.recommendations.source, shop.recommendedFor(product.id));
    }
  };

  it.each(FAULTS.map(([what, script], place) => ({ what, script, place })))(
    '$what shows the whole product in time, and is live again when it is well',
    async ({ script, place }) => {
      const [asked, neverAsked] = [shop.product(2 * place), shop.product(2 * place + 1)];
      await goodPages(asked);

      await shop.stub.answers(script);
      const stale = await shop.page(asked);
      const popular = await shop.page(neverAsked);
      await shop.recommend();

      expectPage(stale, asked, 'stale', shop.recommendedFor(asked.id));
      expectPage(popular, neverAsked, 'popular');
      await goodPages(neverAsked);
    },
  );
});

function expectPage(page: Page, product: ProductBody, source: string, ids?: readonly string[]): void {
  const { recommendations, ...shown } = page.body;
  expect({ status: page.status, shown }).toEqual({ status: 200, shown: product });
  expect(recommendations).toMatchObject({ source, degraded: source !== 'live' });
  const shownIds = recommendations.items.map(({ id }) => id);
  expect(shownIds).not.toContain(product.id);
  if (ids) expect(shownIds).toEqual(ids);
  else expect(new Set(recommendations.items.map(({ category }) => category))).toEqual(new Set([product.category]));
  expect(page.tookMs).toBeLessThan(PAGE_MAX_MS);
}
