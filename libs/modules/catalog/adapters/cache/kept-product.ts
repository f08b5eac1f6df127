import { isMoney } from '#kernel/money';
import { Product } from '../../domain/product.js';
import { PRODUCT_STATUSES, type ProductId, type ProductState, type ProductStatus } from '../../domain/product.state.js';

/** A product as JSON, for the cache. */
export interface KeptProduct extends Omit<ProductState, 'createdAt' | 'updatedAt'> {
  /** ISO 8601. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const keptProduct = ({ price, createdAt, updatedAt, ...product }: Product): KeptProduct => ({
  id: product.id,
  sku: product.sku,
  name: product.name,
  description: product.description,
  category: product.category,
  price: { amount: price.amount, currency: price.currency },
  stock: product.stock,
  status: product.status,
  version: product.version,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** The product again; undefined when what lies in the cache is not that one, whoever has put it there. */
export function productIn(kept: unknown, wanted: ProductId): Product | undefined {
  if (!isKeptProduct(kept) || kept.id !== wanted) return undefined;
  return Product.restore({ ...kept, createdAt: new Date(kept.createdAt), updatedAt: new Date(kept.updatedAt) });
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isTime = (value: unknown): boolean => isText(value) && !Number.isNaN(Date.parse(value as string));

/** What each field may be. */
const FITS: Readonly<Record<keyof KeptProduct, (value: unknown) => boolean>> = {
  id: isText,
  sku: isText,
  name: isText,
  description: isText,
  category: isText,
  price: isMoney,
  stock: isCount,
  status: (value) => PRODUCT_STATUSES.includes(value as ProductStatus),
  version: (value) => isCount(value) && value !== 0,
  createdAt: isTime,
  updatedAt: isTime,
};

function isKeptProduct(kept: unknown): kept is KeptProduct {
  if (typeof kept !== 'object' || kept === null) return false;
  const fields = kept as Readonly<Record<string, unknown>>;
  return Object.entries(FITS).every(([name, fits]) => fits(fields[name]));
}
