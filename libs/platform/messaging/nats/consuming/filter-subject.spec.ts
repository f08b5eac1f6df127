import { describe, expect, it } from '@jest/globals';
import { filterSubjectOf } from './filter-subject.js';

describe('filterSubjectOf', () => {
  it.each([
    [['orders.order-placed'], 'orders.order-placed.*'],
    [['orders.order-placed', 'orders.order-cancelled'], 'orders.>'],
    [['orders.line.added', 'orders.line.removed'], 'orders.line.>'],
    [['orders.line', 'orders.line.removed'], 'orders.line.>'],
    [['orders.order-placed', 'catalog.product-changed'], '>'],
  ])('of %j is %s', (families, filter) => {
    expect(filterSubjectOf(families)).toBe(filter);
  });
});
