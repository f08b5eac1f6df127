import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Writable } from 'node:stream';
import { createService } from '#platform/bootstrap';
import { loadSettings, SettingsModule } from '#platform/config';
import { createLogger } from '#platform/logging';
import { DatabaseSettings, PostgresModule } from '#platform/postgres';
import { TestIssuer } from '#platform/testing';
import { ResilienceModule } from '#platform/resilience';
import { SeedingModule } from '#platform/seeding';
import { CatalogModule } from '../catalog.module.js';
import { ProductRepository } from '../application/ports/product.repository.js';

class CatalogAlone {}

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

export interface CatalogService {
  readonly app: NestFastifyApplication;
  readonly products: ProductRepository;
  /** The Authorization header of somebody who may change the catalog. */
  readonly authorization: string;
}

/**
 * A whole service of the catalog alone, over the store in memory unless `env` names a database: it takes requests by
 * `app.inject`, and listens nowhere.
 */
export async function aCatalogService(env: Readonly<Record<string, string>> = {}): Promise<CatalogService> {
  const issuer = await TestIssuer.listening();
  const settings = loadSettings({ NODE_ENV: 'test', ...issuer.env, ...env });
  const { app, server } = await createService(
    {
      name: 'catalog',
      title: 'Catalog',
      description: 'The catalog alone.',
      compose: () => ({
        module: CatalogAlone,
        imports: [
          SettingsModule.forRoot(settings),
          PostgresModule.forRoot(settings.get(DatabaseSettings)),
          ResilienceModule,
          SeedingModule,
          CatalogModule,
        ],
      }),
    },
    settings,
    createLogger({ level: 'fatal', service: 'catalog', version: '0.0.0' }, nowhere),
  );
  server.fastify.addHook('onClose', () => issuer.close());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const products = app.get(ProductRepository, { strict: false });
  return { app, products, authorization: `Bearer ${issuer.token()}` };
}
