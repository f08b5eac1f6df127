import type { Page } from '#kernel/page';
import { positionOf, type ProductListing } from '../../application/ports/product.listing.js';
import { ProductRepository, type Sale, type StockAdjustment } from '../../application/ports/product.repository.js';
import { ProductChanged, ProductNotFound, SkuTaken } from '../../domain/product.errors.js';
import { Product } from '../../domain/product.js';
import { STOCK_MAX, type ProductId } from '../../domain/product.state.js';
import { byPosition } from './product-order.js';
import { MemoryStoreFull, PRODUCTS_MAX } from './memory-store-full.js';

/**
 * Keeps products for as long as the process lives: for tests, and for a first look without a database. Each method
 * runs to its end without giving way, which is what makes it atomic. Movements of stock leave no book behind.
 */
export class InMemoryProductRepository extends ProductRepository {
  private readonly products = new Map<ProductId, Product>();
  private readonly skus = new Set<string>();
  private readonly unitsSold = new Map<ProductId, number>();

  static holding(...products: readonly Product[]): InMemoryProductRepository {
    const repository = new InMemoryProductRepository();
    for (const product of products) repository.keep(product);
    return repository;
  }

  override find(id: ProductId): Promise<Product | null> {
    const product = this.products.get(id);
    return Promise.resolve(product ? copyOf(product) : null);
  }

  override add(product: Product): Promise<void> {
    if (this.skus.has(product.sku)) return Promise.reject(new SkuTaken(product.sku));
    if (this.products.size >= PRODUCTS_MAX) return Promise.reject(new MemoryStoreFull());
    this.keep(product);
    return Promise.resolve();
  }

  override save(product: Product, expectedVersion: number): Promise<void> {
    const current = this.products.get(product.id);
    if (!current) return Promise.reject(new ProductNotFound(product.id));
    if (current.version !== expectedVersion) return Promise.reject(new ProductChanged(product.id, current.version));
    const { id, sku, createdAt } = current;
    this.keep(Product.restore({ ...product, id, sku, createdAt }));
    return Promise.resolve();
  }

  override adjustStock({ productId, delta, adjustedAt }: StockAdjustment): Promise<Product | null> {
    const current = this.products.get(productId);
    if (!current || current.status === 'discontinued') return Promise.resolve(null);
    const stock = current.stock + delta;
    if (stock < 0 || stock > STOCK_MAX) return Promise.resolve(null);
    const adjusted = current.adjustStock(delta, adjustedAt);
    this.keep(adjusted);
    return Promise.resolve(copyOf(adjusted));
  }

  override list({ category, status, sort, page }: ProductListing): Promise<Page<Product>> {
    const { limit, after } = page;
    const compare = byPosition(sort);
    const following = [...this.products.values()]
      .filter((product) => category === null || product.category === category)
      .filter((product) => status === null || product.status === status)
      .map((product) => ({ product, position: positionOf(product, sort) }))
      .filter(({ position }) => after === null || compare(after, position) < 0)
      .sort((a, b) => compare(a.position, b.position));
    const shown = following.slice(0, limit);
    const next = following.length > limit ? (shown.at(-1)?.position ?? null) : null;
    return Promise.resolve({ items: shown.map(({ product }) => copyOf(product)), next });
  }

  override findActive(ids: readonly ProductId[]): Promise<readonly Product[]> {
    const wanted = new Set(ids);
    return Promise.resolve(this.active(({ id }) => wanted.has(id)));
  }

  override bestsellers(category: string, limit: number): Promise<readonly Product[]> {
    const sold = ({ id }: Product): number => this.unitsSold.get(id) ?? 0;
    const best = this.active((product) => product.category === category);
    return Promise.resolve(best.sort((a, b) => sold(b) - sold(a) || (a.id < b.id ? -1 : 1)).slice(0, limit));
  }

  override addUnitsSold(sales: readonly Sale[]): Promise<void> {
    for (const { productId, units } of sales) {
      if (!this.products.has(productId)) continue;
      this.unitsSold.set(productId, (this.unitsSold.get(productId) ?? 0) + units);
    }
    return Promise.resolve();
  }

  private active(wanted: (product: Product) => boolean): Product[] {
    return [...this.products.values()].filter((each) => each.status === 'active' && wanted(each)).map(copyOf);
  }

  private keep(product: Product): void {
    this.products.set(product.id, copyOf(product));
    this.skus.add(product.sku);
  }
}

/** Nothing that a caller holds reaches into the store: dates and prices are objects, and objects can be written to. */
function copyOf(product: Product): Product {
  return Product.restore({
    ...product,
    price: { ...product.price },
    createdAt: new Date(product.createdAt),
    updatedAt: new Date(product.updatedAt),
  });
}
