import { DependencyFailure } from '#platform/resilience';
import type { Recommended } from '../../application/ports/product.recommender.js';

/** More than anybody asks for: an answer with more is no answer to our question. */
const ITEMS_MAX = 100;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Reads `{ items: [{ productId, score }] }`, in the order of the answer. Members that we don't know are passed over, so
 * that the recommender may learn to say more.
 * @throws DependencyFailure of kind `fatal` when it is anything else: the same answer would come again
 */
export function recommendedIn(text: string): Recommended[] {
  const { items } = asObject(parsed(text));
  if (!Array.isArray(items) || items.length > ITEMS_MAX) throw unreadable(`items is no array of at most ${ITEMS_MAX}`);
  return items.map(recommended);
}

function recommended(item: unknown): Recommended {
  const { productId, score } = asObject(item);
  if (typeof productId !== 'string' || !UUID.test(productId)) throw unreadable('a productId is no UUID');
  if (typeof score !== 'number' || !(score >= 0 && score <= 1)) throw unreadable('a score is no number from 0 to 1');
  return { productId: productId.toLowerCase(), score };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable('it is no JSON', cause);
  }
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw unreadable('it is no object where one belongs');
  return value as Record<string, unknown>;
}

/** The reason is ours alone: nothing of the answer goes into an error, and from there into a log. */
const unreadable = (reason: string, cause?: unknown): DependencyFailure =>
  new DependencyFailure('fatal', `The recommender's answer can't be read: ${reason}.`, { cause });
