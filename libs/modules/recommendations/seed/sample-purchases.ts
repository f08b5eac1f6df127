import { stableId } from '#kernel/id';
import type { Purchase } from '../domain/purchase.js';
import { Draws } from './draws.js';
import { THEMES, type Theme } from './themes.js';

/** Enough that every product has companions, and that those of one theme stand out. */
export const SAMPLE_PURCHASES = 4_000;

const SEED = 20_250_106;
/** How many things people put into the basket besides the first: mostly one or two. */
const FURTHER_THINGS = [
  { count: 1, weight: 5 },
  { count: 2, weight: 3 },
  { count: 3, weight: 1.5 },
  { count: 4, weight: 0.5 },
] as const;
/** One basket in eight holds something that has nothing to do with the rest. */
const STRAY_SHARE = 1 / 8;

/** Orders of the sample shop's past, the same each time: for a purpose, the most wanted things most often. */
export function samplePurchases(): Purchase[] {
  const draws = new Draws(SEED);
  return Array.from({ length: SAMPLE_PURCHASES }, (_, n) => ({
    id: stableId(`recommendations:sample-purchase-${n}`),
    productIds: skusOfOne(draws).map(productIdOf),
  }));
}

/** The catalog's seed names its products in this way: a SKU that it lacks would be a product that nobody can see. */
const productIdOf = (sku: string): string => stableId(`catalog:${sku}`);

function skusOfOne(draws: Draws): string[] {
  const { skus } = pickTheme(draws);
  const { count } = draws.pick(FURTHER_THINGS, ({ weight }) => weight);
  const basket = new Set<string>();
  while (basket.size <= count && basket.size < skus.length) basket.add(pickSku(draws, skus));
  if (draws.next() < STRAY_SHARE) basket.add(pickSku(draws, pickTheme(draws).skus));
  return [...basket];
}

const pickTheme = (draws: Draws): Theme => draws.pick(THEMES, ({ weight }) => weight);

/** The second is wanted 2/3 as often as the first, the third half as often, and so on (Zipf's law, flattened). */
const pickSku = (draws: Draws, skus: readonly string[]): string => draws.pick(skus, (_sku, place) => 2 / (place + 2));
