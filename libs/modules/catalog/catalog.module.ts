import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { LoadedSettings } from '#platform/config';
import { PaginationModule } from '#platform/pagination';
import { PostgresModule, storeAdapter } from '#platform/postgres';
import { CachedProductRepository } from './adapters/cache/cached-product.repository.js';
import { StoredProducts } from './adapters/cache/stored-products.js';
import { ProductChangesController } from './adapters/http/product-changes.controller.js';
import { ProductStockController } from './adapters/http/product-stock.controller.js';
import { ProductsController } from './adapters/http/products.controller.js';
import { RequestTimeBudget } from './adapters/deadline/request-time-budget.js';
import { HttpProductRecommender } from './adapters/http-recommender/http-product.recommender.js';
import { recommendationBounds, recommenderAdapter } from './adapters/http-recommender/recommender-adapter.js';
import { RecommenderSettings } from './adapters/http-recommender/recommender.settings.js';
import { InMemoryProductRepository } from './adapters/memory/in-memory-product.repository.js';
import { degradationProviders } from './adapters/observability/degraded-recommendations.js';
import { PostgresProductRepository } from './adapters/postgres/postgres-product.repository.js';
import { ProductRow } from './adapters/postgres/product.row.js';
import { StockAdjustmentRow } from './adapters/postgres/stock-adjustment.row.js';
import { InProcessProductRecommender } from './adapters/recommendations/in-process-product.recommender.js';
import { ActivateProduct } from './application/activate-product.js';
import { AdjustStock } from './application/adjust-stock.js';
import { ChangeProduct } from './application/change-product.js';
import { CreateProduct } from './application/create-product.js';
import { DiscontinueProduct } from './application/discontinue-product.js';
import { LastGoodAnswers } from './application/last-good-answers.js';
import { ProductRepository } from './application/ports/product.repository.js';
import { TimeBudget } from './application/ports/time-budget.js';
import { ProductDetailQueries } from './application/product-detail.queries.js';
import { ProductQueries } from './application/product.queries.js';
import { RecommendationLadder } from './application/recommendation-ladder.js';
import { ReserveStock } from './application/reserve-stock.js';
import { ReturnStock } from './application/return-stock.js';
import { CatalogSeed } from './seed/catalog.seed.js';

/**
 * The catalog's fuse box: which adapter answers which port. Who composes an app gives it what answers for the
 * recommendations where they are answered in the same process: a global `RecommendationsModule`.
 */
@Module({
  imports: [
    PaginationModule,
    PostgresModule.forFeature({
      entities: [ProductRow, StockAdjustmentRow],
      migrations: join(import.meta.dirname, 'adapters/postgres/migrations'),
    }),
  ],
  controllers: [ProductsController, ProductChangesController, ProductStockController],
  providers: [
    storeAdapter({ port: StoredProducts, postgres: PostgresProductRepository, memory: InMemoryProductRepository }),
    { provide: ProductRepository, useClass: CachedProductRepository },
    recommenderAdapter({ http: HttpProductRecommender, inProcess: InProcessProductRecommender }),
    recommendationBounds,
    { provide: TimeBudget, useClass: RequestTimeBudget },
    ...degradationProviders,
    LastGoodAnswers,
    RecommendationLadder,
    CreateProduct,
    ChangeProduct,
    ActivateProduct,
    DiscontinueProduct,
    AdjustStock,
    ReserveStock,
    ReturnStock,
    ProductQueries,
    ProductDetailQueries,
    CatalogSeed,
  ],
  exports: [ProductQueries, ReserveStock, ReturnStock],
})
export class CatalogModule {
  /** Whether the recommendations are answered in this process: no RECOMMENDER_URL names a service that does it. */
  static recommendsInProcess(settings: LoadedSettings): boolean {
    return settings.get(RecommenderSettings).url === undefined;
  }
}
