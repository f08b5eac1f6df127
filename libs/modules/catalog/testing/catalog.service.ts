import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { RecommendationsModule } from '#modules/recommendations';
import { aServiceOf, TestIssuer } from '#platform/testing';
import { CatalogModule } from '../catalog.module.js';
import { ProductRepository } from '../application/ports/product.repository.js';

export interface CatalogService {
  readonly app: NestFastifyApplication;
  readonly products: ProductRepository;
  /** The Authorization header of somebody who may change the catalog. */
  readonly authorization: string;
}

/** A whole service of the catalog alone, over the store in memory unless `env` names a database. */
export async function aCatalogService(env: Readonly<Record<string, string>> = {}): Promise<CatalogService> {
  const issuer = await TestIssuer.listening();
  const { app } = await aServiceOf({
    name: 'catalog',
    env: { ...issuer.env, ...env },
    modules: (settings) => [
      ...(CatalogModule.recommendsInProcess(settings) ? [{ module: RecommendationsModule, global: true }] : []),
      CatalogModule,
    ],
    onClose: () => issuer.close(),
  });
  const products = app.get(ProductRepository, { strict: false });
  return { app, products, authorization: `Bearer ${issuer.token()}` };
}
