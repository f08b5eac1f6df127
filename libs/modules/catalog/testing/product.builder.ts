import { newId } from '#kernel/id';
import { Product } from '../domain/product.js';
import type { ProductState } from '../domain/product.state.js';

/**
 * A product to test with: an active one at its third version, a distinct value in every field, so that two fields
 * swapped by a mapper show.
 */
export function aProduct(state: Partial<ProductState> = {}): Product {
  const id = state.id ?? newId();
  return Product.restore({
    id,
    sku: `SKU-${id.slice(-12).toUpperCase()}`,
    name: 'Pour-over kettle',
    description: 'Pours where you point it.',
    category: 'coffee-and-tea',
    price: { amount: 5_490, currency: 'EUR' },
    stock: 17,
    status: 'active',
    version: 3,
    createdAt: new Date('2026-01-15T08:30:00.123Z'),
    updatedAt: new Date('2026-02-20T17:45:59.987Z'),
    ...state,
  });
}
