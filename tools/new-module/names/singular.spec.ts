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
  ['shoes', 'shoe'],
  ['zombies', 'zombie'],
  ['lenses', 'lens'],
  ['calories', 'calorie'],
  ['wolves', 'wolf'],
  ['niches', 'niche'],
  ['quizzes', 'quiz'],
  ['menus', 'menu'],
  ['apis', 'api'],
  ['buzzes', 'buzz'],
  ['branches', 'branch'],
  ['horses', 'horse'],
  ['expenses', 'expense'],
  ['licenses', 'license'],
  ['processes', 'process'],
  ['bases', 'basis'],
  ['running-shoes', 'running-shoe'],
  ['potatoes', 'potato'],
] as const;

describe('a plural', () => {
  it.each(PAIRS)('%s is of one %s', (plural, singular) => {
    expect(singularOf(plural)).toBe(singular);
  });

  it.each(PAIRS.filter(([plural]) => !['heroes', 'potatoes'].includes(plural)))(
    '%s is what is proposed to who says %s',
    (plural, singular) => {
      expect(pluralOf(singular)).toBe(plural);
    },
  );

  it.each([
    'review',
    'gift-card',
    'address',
    'status',
    'analysis',
    'news',
    'series',
    'data',
    'lens',
    'atlas',
    'canvas',
  ])('is none: %s', (word) => {
    expect(singularOf(word)).toBeNull();
  });
});
