import { Module, type DynamicModule } from '@nestjs/common';
import { CatalogModule } from '#modules/catalog';
import { OrdersModule } from '#modules/orders';
import { RecommendationsModule } from '#modules/recommendations';
import { SettingsModule, type LoadedSettings } from '#platform/config';
import { IdempotencyModule } from '#platform/idempotency';
import { MessagingModule } from '#platform/messaging';
import { DatabaseSettings, PostgresModule } from '#platform/postgres';
import { SeedingModule } from '#platform/seeding';
import { RETIRED_MIGRATIONS } from './retired-migrations/index.js';

/** Whoever asks finds them, and imports nothing: in the other topology there would be nothing to import. */
const RECOMMENDATIONS_FOR_ALL: DynamicModule = { module: RecommendationsModule, global: true };

/**
 * The composition root of the store: which modules it is made of, and where each keeps its things. With RECOMMENDER_URL
 * another service hosts the recommendations, and this one must not: both would learn under one name, each from half of the
 * events. The migrations of their schema belong to the store all the same (they come with the import above), so that
 * switching from one to the other changes nothing about its database.
 */
@Module({})
export class StoreModule {
  static configured(settings: LoadedSettings): DynamicModule {
    return {
      module: StoreModule,
      imports: [
        SettingsModule.forRoot(settings),
        PostgresModule.forRoot(settings.get(DatabaseSettings)),
        RETIRED_MIGRATIONS,
        MessagingModule,
        IdempotencyModule,
        SeedingModule,
        CatalogModule,
        OrdersModule,
        ...(CatalogModule.recommendsInProcess(settings) ? [RECOMMENDATIONS_FOR_ALL] : []),
      ],
    };
  }
}
