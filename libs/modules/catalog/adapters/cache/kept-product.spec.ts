import { describe, expect, it } from '@jest/globals';
import { PRODUCT_STATUSES } from '../../domain/product.state.js';
import { aProduct } from '../../testing/product.builder.js';
import { keptProduct, productIn } from './kept-product.js';

const product = aProduct();
const asJson = (changes: Readonly<Record<string, unknown>> = {}): unknown =>
  JSON.parse(JSON.stringify({ ...keptProduct(product), ...changes }));

describe('a product in the cache', () => {
  it.each(PRODUCT_STATUSES)('comes back field for field when it is %s', (status) => {
    const kept = aProduct({ status, stock: 0, description: '', price: { amount: 0, currency: 'JPY' } });

    expect(productIn(JSON.parse(JSON.stringify(keptProduct(kept))), kept.id)).toEqual(kept);
  });

  it('keeps nothing of what has happened to it', () => {
    expect(productIn(asJson(), product.id)?.events).toEqual([]);
  });

  it('is taken for nothing under the id of another', () => {
    expect(productIn(asJson(), aProduct().id)).toBeUndefined();
  });

  it.each<[string, unknown]>([
    ['id', 7],
    ['sku', undefined],
    ['name', null],
    ['description', 1],
    ['category', []],
    ['price', 1200],
    ['price', { amount: 1.5, currency: 'EUR' }],
    ['price', { amount: -1, currency: 'EUR' }],
    ['price', { amount: 100, currency: 'euro' }],
    ['stock', '17'],
    ['stock', -1],
    ['status', 'sold'],
    ['version', 0],
    ['createdAt', 'yesterday'],
    ['updatedAt', 1_772_000_000_000],
  ])('is taken for nothing when its %s is %p', (field, value) => {
    expect(productIn(asJson({ [field]: value }), product.id)).toBeUndefined();
  });

  it.each([null, undefined, 'text', 7, [], true])('is nothing where %p lies', (kept) => {
    expect(productIn(kept, product.id)).toBeUndefined();
  });
});
