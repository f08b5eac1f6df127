import { StrictReading } from '#platform/http-client';
import type { Recommended } from '../../application/ports/product.recommender.js';

/** More than anybody asks for: an answer with more is no answer to our question. */
const ITEMS_MAX = 100;
const reading = new StrictReading("The recommender's answer");
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Reads `{ items: [{ productId, score }] }`, in the order of the answer. Members that we don't know are passed over, so
 * that the recommender may learn to say more.
 * @throws DependencyFailure of kind `fatal` when it is anything else: the same answer would come again
 */
export function recommendedIn(text: string): Recommended[] {
  const { items } = reading.object(reading.json(text));
  if (!Array.isArray(items) || items.length > ITEMS_MAX)
    throw reading.unreadable(`items is no array of at most ${ITEMS_MAX}`);
  return items.map(recommended);
}

function recommended(item: unknown): Recommended {
  const { productId, score } = reading.object(item);
  if (typeof productId !== 'string' || !UUID.test(productId)) throw reading.unreadable('a productId is no UUID');
  if (typeof score !== 'number' || !(score >= 0 && score <= 1))
    throw reading.unreadable('a score is no number from 0 to 1');
  return { productId: productId.toLowerCase(), score };
}
