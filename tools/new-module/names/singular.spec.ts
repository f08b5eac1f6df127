import { describe, expect, it } from '@jest/globals';
import { pluralOf, singularOf } from './singular.ts';

const PAIRS = [
  ['reviews', 'review'],
  ['gift-cards', 'gift-card'],
  ['categories', 'category'],
  ['product-categories', 'product-category'],
  ['keys', 'key'],
  ['addresses', 'address'],
  ['statuses', 'status'],
  ['boxes', 'box'],
  ['batches', 'batch'],
  ['wishes', 'wish'],
  ['heroes', 'hero'],
  ['radios', 'radio'],
  ['warehouses', 'warehouse'],
  ['prices', 'price'],
  ['analyses', 'analysis'],
  ['people', 'person'],
  ['sales-people', 'sales-person'],
  ['shelves', 'shelf'],
  ['caches', 'cache'],
] as const;

describe('a plural', () => {
  it.each(PAIRS)('%s is of one %s', (plural, singular) => {
    expect(singularOf(plural)).toBe(singular);
  });

  it.each(PAIRS.filter(([plural]) => plural !== 'heroes'))(
    '%s is what is proposed to who says %s',
    (plural, singular) => {
      expect(pluralOf(singular)).toBe(plural);
    },
  );

  it.each(['review', 'gift-card', 'address', 'status', 'analysis', 'news', 'series'])('is none: %s', (word) => {
    expect(singularOf(word)).toBeNull();
  });
});
