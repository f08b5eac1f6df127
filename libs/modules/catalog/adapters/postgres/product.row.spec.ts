import { describe, expect, it } from '@jest/globals';
import { aProduct } from '../../testing/product.builder.js';
import { toProduct, toRow } from './product.row.js';

describe('a product and its row', () => {
  it('are the same product after going there and back', () => {
    const product = aProduct();

    expect(toProduct(toRow(product))).toEqual(product);
  });

  it('name each value by its column', () => {
    const product = aProduct();

    expect(toRow(product)).toEqual({
      id: product.id,
      sku: product.sku,
      name: 'Pour-over kettle',
      description: 'Pours where you point it.',
      category: 'coffee-and-tea',
      price_amount: '5490',
      price_currency: 'EUR',
      stock: 17,
      status: 'active',
      version: 3,
      created_at: new Date('2026-01-15T08:30:00.123Z'),
      updated_at: new Date('2026-02-20T17:45:59.987Z'),
    });
  });
});
