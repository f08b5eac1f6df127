import { undoneBy } from '#platform/unit-of-work';
import { Product } from '../../domain/product.js';
import type { ProductId } from '../../domain/product.state.js';

/** Products and what they have sold. Each change goes back when the unit of work that makes it fails. */
export class ProductShelf {
  private readonly products = new Map<ProductId, Product>();
  private readonly skus = new Set<string>();
  private readonly unitsSold = new Map<ProductId, number>();

  get size(): number {
    return this.products.size;
  }

  /** The shelf's own: copy it before anybody else gets it. */
  get(id: ProductId): Product | undefined {
    return this.products.get(id);
  }

  all(): readonly Product[] {
    return [...this.products.values()];
  }

  hasSku(sku: string): boolean {
    return this.skus.has(sku);
  }

  add(product: Product): void {
    this.products.set(product.id, copyOf(product));
    this.skus.add(product.sku);
    undoneBy(() => {
      this.products.delete(product.id);
      this.skus.delete(product.sku);
    });
  }

  /** Puts a later version of the product in its place. */
  replace(product: Product): void {
    const before = this.products.get(product.id);
    const after = copyOf(product);
    this.products.set(product.id, after);
    undoneBy(() => before && this.takeBack(before, after));
  }

  sold(id: ProductId): number {
    return this.unitsSold.get(id) ?? 0;
  }

  sell(id: ProductId, units: number): void {
    this.unitsSold.set(id, this.sold(id) + units);
    undoneBy(() => this.unitsSold.set(id, this.sold(id) - units));
  }

  /** Outside of units others may have moved stock meanwhile: their movement stands. */
  private takeBack(before: Product, after: Product): void {
    const now = this.products.get(after.id) ?? after;
    const stock = before.stock + now.stock - after.stock;
    const { version, updatedAt } = now;
    const restored = now === after ? before : Product.restore({ ...before, stock, version: version + 1, updatedAt });
    this.products.set(before.id, restored);
  }
}

/** Nothing that a caller holds reaches into the shelf: dates and prices are objects, and objects can be written to. */
export function copyOf(product: Product): Product {
  return Product.restore({
    ...product,
    price: { ...product.price },
    createdAt: new Date(product.createdAt),
    updatedAt: new Date(product.updatedAt),
  });
}
