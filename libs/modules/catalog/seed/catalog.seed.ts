import { Injectable } from '@nestjs/common';
import { Seed, type SeedResult } from '#platform/seeding';
import { ProductRepository } from '../application/ports/product.repository.js';
import { SkuTaken } from '../domain/product.errors.js';
import type { Product } from '../domain/product.js';

/** Fills the shop with its sample products, which no service loads. One whose SKU is there already stays as it is, whatever became of it. */
@Injectable()
export class CatalogSeed extends Seed {
  override readonly name = 'catalog';
  override readonly things = 'products';

  constructor(private readonly products: ProductRepository) {
    super();
  }

  override async run(): Promise<SeedResult> {
    const [{ seedProducts }, { seedSales }] = await Promise.all([
      import('./seed-products.js'),
      import('./seed-sales.js'),
    ]);
    const products = seedProducts();
    const added: Product[] = [];
    for (const product of products) if (await this.addOnce(product)) added.push(product);
    // Of those alone that this run has added: two runs at once, or one after the other, count nothing twice.
    if (added.length > 0) await this.products.addUnitsSold(seedSales(added));
    return { total: products.length, added: added.length };
  }

  private async addOnce(product: Product): Promise<boolean> {
    try {
      await this.products.add(product);
      return true;
    } catch (error) {
      if (error instanceof SkuTaken) return false;
      throw error;
    }
  }
}
