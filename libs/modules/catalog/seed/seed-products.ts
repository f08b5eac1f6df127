import { Product } from '../domain/product.js';
import { seedCategories } from './categories/index.js';
import type { SeedProduct } from './seed-category.js';
import { seedId } from './seed-id.js';

const HOUR_MS = 3_600_000;
/** The shop opened on a Monday morning; a product has come every 37 hours since, its category by turns. */
const OPENING_MS = Date.UTC(2025, 0, 6, 8);
const INTERVAL_MS = 37 * HOUR_MS;

/** The sample shop. Each product has gone its way through the aggregate's verbs, so that none breaks a rule. */
export function seedProducts(): Product[] {
  return seedCategories.flatMap(({ slug, products }, shelf) =>
    products.map((product, place) => {
      const arrival = place * seedCategories.length + shelf;
      return grown(product, slug, OPENING_MS + arrival * INTERVAL_MS);
    }),
  );
}

function grown([sku, name, description, priceCents, stock, status]: SeedProduct, category: string, atMs: number) {
  const price = { amount: priceCents, currency: 'EUR' };
  const draft = { id: seedId(sku), sku, name, description, category, price, stock };
  const product = Product.draft(draft, new Date(atMs));
  if (status === 'draft') return product;

  const active = product.activate(new Date(atMs + HOUR_MS));
  return status === 'discontinued' ? active.discontinue(new Date(atMs + INTERVAL_MS)) : active;
}
