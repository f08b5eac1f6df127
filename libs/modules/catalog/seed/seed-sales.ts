import type { Sale } from '../application/ports/product.repository.js';
import type { Product } from '../domain/product.js';

const BEST_UNITS = 2_400;
/** Positions of an imagined chart of the category; the units fall with the position (Zipf's law). */
const POSITIONS = 60;

/** What the shop has sold of a product until today, the same each time; of a draft nothing. */
export function seedSales(products: readonly Product[]): Sale[] {
  return products
    .filter(({ status }) => status !== 'draft')
    .map(({ id }) => ({ productId: id, units: Math.ceil(BEST_UNITS / (1 + positionOf(id))) }));
}

/** Ids of the sample products are hashes: their last digits are as good as chance, and the same on every machine. */
const positionOf = (id: string): number => Number.parseInt(id.slice(-6), 16) % POSITIONS;
