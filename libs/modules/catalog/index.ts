export { ProductQueries } from './application/product.queries.js';
export { CatalogModule } from './catalog.module.js';
export type { Money } from './domain/money.js';
export { ProductNotFound } from './domain/product.errors.js';
export type { Product } from './domain/product.js';
export type { ProductId, ProductStatus } from './domain/product.state.js';
