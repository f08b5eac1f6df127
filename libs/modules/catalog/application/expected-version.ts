import type { UnitOfWork } from '#kernel/unit-of-work';
import { ProductChanged, ProductNotFound } from '../domain/product.errors.js';
import type { Product } from '../domain/product.js';
import type { ProductId } from '../domain/product.state.js';
import type { ProductRepository } from './ports/product.repository.js';

/** The versions that the caller has seen and would build on, or `any`: whatever there is. */
export type ExpectedVersion = { readonly versions: readonly number[] } | 'any';

/** Who takes any version loses a race only against a crowd: each lost try means that another one's change was saved. */
const TRIES_MAX = 10;

/** What a change of a product needs: where it is kept, and what keeps its events with it. */
export interface ProductKeeping {
  readonly products: ProductRepository;
  readonly unitOfWork: UnitOfWork;
}

/**
 * Changes the product that the caller expects, and saves it unless somebody else was quicker. Who named versions hears
 * of that; who takes any is put behind the other, up to {@link TRIES_MAX} times, each try a unit of work of its own.
 * @throws ProductNotFound, ProductChanged, and whatever `change` throws
 */
export async function changeExpected(
  { products, unitOfWork }: ProductKeeping,
  id: ProductId,
  expected: ExpectedVersion,
  change: (product: Product) => Product,
): Promise<Product> {
  const attempt = async (): Promise<Product> => {
    const product = await getExpected(products, id, expected);
    const changed = change(product);
    await products.save(changed, product.version);
    unitOfWork.record(changed.events);
    return changed;
  };
  for (let tries = 1; ; tries += 1) {
    try {
      return await unitOfWork.run(attempt, { repeatable: true });
    } catch (error) {
      const again = error instanceof ProductChanged && expected === 'any' && tries < TRIES_MAX;
      if (!again) throw error;
    }
  }
}

async function getExpected(products: ProductRepository, id: ProductId, expected: ExpectedVersion): Promise<Product> {
  const product = await products.find(id);
  if (!product) throw new ProductNotFound(id);
  if (expected !== 'any' && !expected.versions.includes(product.version)) {
    throw new ProductChanged(id, product.version);
  }
  return product;
}
