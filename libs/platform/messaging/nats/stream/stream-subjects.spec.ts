import { describe, expect, it } from '@jest/globals';
import { missingIn, subjectsOf } from './stream-subjects.js';

describe('subjectsOf', () => {
  it('is all that the module tells', () => {
    expect(subjectsOf('orders.order-placed.v1')).toBe('orders.>');
    expect(subjectsOf('orders.order-placed')).toBe('orders.>');
  });
});

describe('missingIn', () => {
  it('names what is needed and not there, once', () => {
    expect(missingIn(['orders.>'], ['orders.>', 'catalog.>', 'catalog.>'])).toEqual(['catalog.>']);
  });

  it('is content with a stream that takes all', () => {
    expect(missingIn(['>'], ['orders.>'])).toEqual([]);
  });
});
