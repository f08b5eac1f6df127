import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '#platform/testing';
import { PostgresProductRepository } from '../adapters/postgres/postgres-product.repository.js';
import { CatalogSeed } from './catalog.seed.js';
import { seedProducts } from './seed-products.js';

describe('CatalogSeed on Postgres', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ migrations: [join(import.meta.dirname, '../adapters/postgres/migrations')] });
  });
  afterAll(() => database.drop());

  it('adds each product once when it runs twice at once, and none later', async () => {
    const products = new PostgresProductRepository(database.postgres);
    const seed = new CatalogSeed(products);

    const [one, other] = await Promise.all([seed.run(), seed.run()]);
    const later = await seed.run();

    expect(one.added + other.added).toBe(252);
    expect(later.added).toBe(0);
    for (const product of seedProducts()) expect(await products.find(product.id)).toEqual(product);
  });
});
