import { type DynamicModule, Logger, Module, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MetricsModule } from '#platform/metrics';
import { serviceDataSourceOptions } from './data-source-options.js';
import { DatabaseHealth } from './database-health.js';
import { databaseMetricProviders } from './database-metrics.js';
import { DatabaseSettings } from './database.settings.js';
import { registerMigrationFolder } from './schema/migration-folders.js';
import { NotificationListener } from './notification-listener.js';
import { PostgresConnection } from './postgres-connection.js';
import { Postgres } from './postgres.js';
import { replicaProviders } from './replica/replica.providers.js';
import { RoleRights } from './role-rights.js';
import { StatementCanceller } from './statement-canceller.js';
import { SchemaState } from './schema/schema-state.js';

interface PostgresFeature {
  readonly entities: readonly Type[];
  /** Absolute path of the folder with this module's migrations. */
  readonly migrations: string;
}

@Module({})
export class PostgresModule {
  /**
   * For the app. Without a database in the settings the data source is never opened: stores answer from memory
   * (see `storeAdapter`), and whoever asks for Postgres nevertheless gets DatabaseUnavailable.
   */
  static forRoot(settings: DatabaseSettings): DynamicModule {
    const services = [PostgresConnection, StatementCanceller, Postgres, SchemaState, RoleRights, NotificationListener];
    return {
      module: PostgresModule,
      global: true,
      imports: [MetricsModule, TypeOrmModule.forRootAsync({ useFactory: () => dataSourceOptions(settings) })],
      providers: [
        { provide: DatabaseSettings, useValue: settings },
        ...services,
        DatabaseHealth,
        ...databaseMetricProviders,
        ...(settings.readUrl === undefined ? [] : replicaProviders),
      ],
      exports: [DatabaseSettings, ...services],
    };
  }

  /** For a domain module's file: what it keeps in Postgres. Importing the module is all the registration there is. */
  static forFeature({ entities, migrations }: PostgresFeature): DynamicModule {
    registerMigrationFolder(migrations);
    return { module: PostgresModule, imports: [TypeOrmModule.forFeature([...entities])], exports: [TypeOrmModule] };
  }
}

function dataSourceOptions(settings: DatabaseSettings) {
  const logger = new Logger(PostgresModule.name);
  return {
    ...serviceDataSourceOptions(settings, (error) => logger.warn(`An idle connection was lost: ${error.message}`)),
    autoLoadEntities: true,
    manualInitialization: true,
    retryAttempts: 0, // a data source that can't even be made is a fault, and no matter of patience
  };
}
