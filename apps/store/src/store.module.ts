import { Module, type DynamicModule } from '@nestjs/common';
import { CatalogModule } from '#modules/catalog';
import { SettingsModule, type LoadedSettings } from '#platform/config';
import { DatabaseSettings, PostgresModule } from '#platform/postgres';
import { SeedingModule } from '#platform/seeding';

/** The composition root of the store: which modules it is made of, and where each keeps its things. */
@Module({})
export class StoreModule {
  static configured(settings: LoadedSettings): DynamicModule {
    return {
      module: StoreModule,
      imports: [
        SettingsModule.forRoot(settings),
        PostgresModule.forRoot(settings.get(DatabaseSettings)),
        SeedingModule,
        CatalogModule,
      ],
    };
  }
}
