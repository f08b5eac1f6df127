import { Injectable } from '@nestjs/common';
import type { Page } from '#kernel/page';
import { type Cache, Caches, type Lifetime } from '#platform/cache';
import type { ProductListing } from '../../application/ports/product.listing.js';
import { ProductRepository, type Sale, type StockAdjustment } from '../../application/ports/product.repository.js';
import type { BookingOutcome, StockBooking } from '../../application/ports/stock.booking.js';
import type { Product } from '../../domain/product.js';
import type { ProductId } from '../../domain/product.state.js';
import { CatalogCacheSettings } from './catalog-cache.settings.js';
import { keptProduct, productIn } from './kept-product.js';
import { StoredProducts } from './stored-products.js';

/**
 * The store of products with a cache in front of it: what is read by its id is read through it, and every change of a product
 * goes round it and ends what it keeps. Lists are as many as there are ways to ask for them, and go to the store.
 */
@Injectable()
export class CachedProductRepository extends ProductRepository {
  private readonly cache: Cache<Product>;
  private readonly lifetime: Lifetime;

  constructor(
    private readonly stored: StoredProducts,
    caches: Caches,
    { ttlSeconds, staleSeconds }: CatalogCacheSettings,
  ) {
    super();
    this.lifetime = { ttlSeconds, staleSeconds };
    this.cache = caches.declare({ name: 'catalog.products', version: 1, write: keptProduct, read: productIn });
  }

  override find(id: ProductId): Promise<Product | null> {
    return this.cache.through(id, this.lifetime, () => this.stored.find(id));
  }

  override add(product: Product): Promise<void> {
    return this.cache.changing([product.id], () => this.stored.add(product));
  }

  override save(product: Product, expectedVersion: number): Promise<void> {
    return this.cache.changing([product.id], () => this.stored.save(product, expectedVersion));
  }

  override adjustStock(adjustment: StockAdjustment): Promise<Product | null> {
    return this.cache.changing([adjustment.productId], () => this.stored.adjustStock(adjustment));
  }

  override reserve(booking: StockBooking): Promise<BookingOutcome> {
    return this.cache.changing(productsOf(booking), () => this.stored.reserve(booking));
  }

  override giveBack(booking: StockBooking): Promise<BookingOutcome> {
    return this.cache.changing(productsOf(booking), () => this.stored.giveBack(booking));
  }

  override list(listing: ProductListing): Promise<Page<Product>> {
    return this.stored.list(listing);
  }

  override findMany(ids: readonly ProductId[]): Promise<readonly Product[]> {
    return this.many(ids, false);
  }

  private async many(ids: readonly ProductId[], partly: boolean): Promise<readonly Product[]> {
    const load = async (missing: readonly ProductId[]) =>
      new Map((await this.stored.findMany(missing)).map((product) => [product.id, product]));
    return [...(await this.cache.throughMany([...new Set(ids)], this.lifetime, load, { partly })).values()];
  }

  /**
   * Without a cache the store may tolerate a staleness here that it may not where its answer is kept. While it is away, those
   * are shown that are kept.
   */
  override async findActive(ids: readonly ProductId[]): Promise<readonly Product[]> {
    if (this.lifetime.ttlSeconds === 0) return this.stored.findActive(ids);
    return (await this.many(ids, true)).filter(({ status }) => status === 'active');
  }

  override bestsellers(category: string, limit: number): Promise<readonly Product[]> {
    return this.stored.bestsellers(category, limit);
  }

  /** No change of a product: what is kept of it stays right. */
  override addUnitsSold(sales: readonly Sale[]): Promise<void> {
    return this.stored.addUnitsSold(sales);
  }
}

const productsOf = ({ lines }: StockBooking): readonly ProductId[] => lines.map(({ productId }) => productId);
