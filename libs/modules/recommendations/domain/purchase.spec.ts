import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel/id';
import { purchase, PURCHASE_PRODUCTS_MAX } from './purchase.js';

const products = (length: number): string[] => Array.from({ length }, () => newId());

describe('a purchase', () => {
  it('holds each product once', () => {
    expect(purchase('p', ['kettle', 'filters', 'kettle'])).toEqual({ id: 'p', productIds: ['kettle', 'filters'] });
  });

  it('may be of one product', () => {
    expect(purchase('p', ['kettle', 'kettle'])).toEqual({ id: 'p', productIds: ['kettle'] });
  });

  it('takes as many products as its bound', () => {
    expect(purchase('p', products(PURCHASE_PRODUCTS_MAX)).productIds).toHaveLength(PURCHASE_PRODUCTS_MAX);
  });

  it.each([0, PURCHASE_PRODUCTS_MAX + 1])('is none with %d products', (length) => {
    expect(() => purchase('p', products(length))).toThrow(RangeError);
  });
});
