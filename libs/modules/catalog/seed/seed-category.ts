import type { ProductStatus } from '../domain/product.state.js';

/** SKU, name, description, price in euro cents, pieces in stock; and the status of the few that are not active. */
export type SeedProduct = readonly [
  sku: string,
  name: string,
  description: string,
  priceCents: number,
  stock: number,
  status?: ProductStatus,
];

export interface SeedCategory {
  readonly slug: string;
  readonly products: readonly SeedProduct[];
}
