import { Module, type DynamicModule } from '@nestjs/common';
import { RecommendationsApiModule } from '#modules/recommendations';
import { SettingsModule, type LoadedSettings } from '#platform/config';
import { MessagingModule } from '#platform/messaging';
import { DatabaseSettings, PostgresModule } from '#platform/postgres';
import { SeedingModule } from '#platform/seeding';

/** The composition root of the recommender: the same recommendations that the store else hosts, with a front of their own. */
@Module({})
export class RecommenderModule {
  static configured(settings: LoadedSettings): DynamicModule {
    return {
      module: RecommenderModule,
      imports: [
        SettingsModule.forRoot(settings),
        PostgresModule.forRoot(settings.get(DatabaseSettings)),
        MessagingModule.hearingOthers(),
        SeedingModule,
        RecommendationsApiModule,
      ],
    };
  }
}
