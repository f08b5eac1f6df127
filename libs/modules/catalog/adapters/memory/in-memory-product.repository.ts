import type { Page } from '#kernel/page';
import { MemoryStoreFull } from '#platform/errors';
import { positionOf, type ProductListing } from '../../application/ports/product.listing.js';
import { ProductRepository, type Sale, type StockAdjustment } from '../../application/ports/product.repository.js';
import type { BookingOutcome, StockBooking } from '../../application/ports/stock.booking.js';
import { ProductChanged, ProductNotFound, SkuTaken } from '../../domain/product.errors.js';
import { Product } from '../../domain/product.js';
import { STOCK_MAX, type ProductId } from '../../domain/product.state.js';
import { byPosition } from './product-order.js';
import { copyOf, ProductShelf } from './product-shelf.js';

/** Some ten megabytes; a list sorts all of them at each request, in some ten milliseconds. */
export const PRODUCTS_MAX = 10_000;

/**
 * Keeps products for as long as the process lives: for tests, and for a first look without a database. Each method
 * runs to its end without giving way, which is what makes it atomic. Movements of stock leave no book behind.
 */
export class InMemoryProductRepository extends ProductRepository {
  private readonly shelf = new ProductShelf();

  static holding(...products: readonly Product[]): InMemoryProductRepository {
    const repository = new InMemoryProductRepository();
    for (const product of products) repository.shelf.add(product);
    return repository;
  }

  override find(id: ProductId): Promise<Product | null> {
    const product = this.shelf.get(id);
    return Promise.resolve(product ? copyOf(product) : null);
  }

  override add(product: Product): Promise<void> {
    if (this.shelf.hasSku(product.sku)) return Promise.reject(new SkuTaken(product.sku));
    if (this.shelf.size >= PRODUCTS_MAX) return Promise.reject(new MemoryStoreFull('products', PRODUCTS_MAX));
    this.shelf.add(product);
    return Promise.resolve();
  }

  override save(product: Product, expectedVersion: number): Promise<void> {
    const current = this.shelf.get(product.id);
    if (!current) return Promise.reject(new ProductNotFound(product.id));
    if (current.version !== expectedVersion) return Promise.reject(new ProductChanged(product.id, current.version));
    const { id, sku, createdAt } = current;
    this.shelf.replace(Product.restore({ ...product, id, sku, createdAt }));
    return Promise.resolve();
  }

  override adjustStock({ productId, delta, adjustedAt }: StockAdjustment): Promise<Product | null> {
    const current = this.shelf.get(productId);
    if (!current || current.status === 'discontinued') return Promise.resolve(null);
    const stock = current.stock + delta;
    if (stock < 0 || stock > STOCK_MAX) return Promise.resolve(null);
    const adjusted = current.adjustStock(delta, adjustedAt);
    this.shelf.replace(adjusted);
    return Promise.resolve(copyOf(adjusted));
  }

  override reserve(booking: StockBooking): Promise<BookingOutcome> {
    return this.book(booking, -1, ({ status, stock }, quantity) => status === 'active' && stock >= quantity);
  }

  override giveBack(booking: StockBooking): Promise<BookingOutcome> {
    return this.book(booking, 1, ({ stock }, quantity) => stock + quantity <= STOCK_MAX);
  }

  override list({ category, status, sort, page }: ProductListing): Promise<Page<Product>> {
    const { limit, after } = page;
    const compare = byPosition(sort);
    const following = this.shelf
      .all()
      .filter((product) => category === null || product.category === category)
      .filter((product) => status === null || product.status === status)
      .map((product) => ({ product, position: positionOf(product, sort) }))
      .filter(({ position }) => after === null || compare(after, position) < 0)
      .sort((a, b) => compare(a.position, b.position));
    const shown = following.slice(0, limit);
    const next = following.length > limit ? (shown.at(-1)?.position ?? null) : null;
    return Promise.resolve({ items: shown.map(({ product }) => copyOf(product)), next });
  }

  override findMany(ids: readonly ProductId[]): Promise<readonly Product[]> {
    const found = [...new Set(ids)].flatMap((id) => this.shelf.get(id) ?? []);
    return Promise.resolve(found.map(copyOf));
  }

  override findActive(ids: readonly ProductId[]): Promise<readonly Product[]> {
    const wanted = new Set(ids);
    return Promise.resolve(this.active(({ id }) => wanted.has(id)));
  }

  override bestsellers(category: string, limit: number): Promise<readonly Product[]> {
    const sold = ({ id }: Product): number => this.shelf.sold(id);
    const best = this.active((product) => product.category === category);
    return Promise.resolve(best.sort((a, b) => sold(b) - sold(a) || (a.id < b.id ? -1 : 1)).slice(0, limit));
  }

  override addUnitsSold(sales: readonly Sale[]): Promise<void> {
    for (const { productId, units } of sales) {
      if (this.shelf.get(productId)) this.shelf.sell(productId, units);
    }
    return Promise.resolve();
  }

  private active(wanted: (product: Product) => boolean): Product[] {
    return this.shelf
      .all()
      .filter((each) => each.status === 'active' && wanted(each))
      .map(copyOf);
  }

  private book(booking: StockBooking, sign: 1 | -1, fits: (product: Product, quantity: number) => boolean) {
    const { lines, bookedAt } = booking;
    const found = lines.flatMap(({ productId, quantity }) => {
      const product = this.shelf.get(productId);
      return product ? [{ product, quantity }] : [];
    });
    const booked = found.length === lines.length && found.every(({ product, quantity }) => fits(product, quantity));
    for (const { product, quantity } of booked ? found : []) {
      const [stock, version] = [product.stock + sign * quantity, product.version + 1];
      this.shelf.replace(Product.restore({ ...product, stock, version, updatedAt: bookedAt }));
      this.shelf.sell(product.id, -sign * quantity);
    }
    return Promise.resolve({ booked, products: found.map(({ product }) => copyOf(product)) });
  }
}
