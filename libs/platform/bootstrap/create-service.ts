import { Module, VersioningType, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { CacheModule } from '#platform/cache';
import { ClockModule } from '#platform/clock';
import type { LoadedSettings } from '#platform/config';
import { HealthModule } from '#platform/health';
import {
  buildDocument,
  createPublicServer,
  DocsSettings,
  HttpModule,
  HttpSettings,
  serveDocs,
  SheddingSettings,
} from '#platform/http';
import { Lifecycle } from '#platform/lifecycle';
import { FrameworkLogger, LoggingModule } from '#platform/logging';
import { ManagementSettings, serviceInfo } from '#platform/management';
import { BuildInfo, MetricsModule } from '#platform/metrics';
import { OperationsModule } from '#platform/operations';
import { RedisModule } from '#platform/redis';
import { ResilienceModule } from '#platform/resilience';
import { TracingModule } from '#platform/tracing';

/** What an app's front door says of itself. */
export interface ServiceDefinition {
  /** `store`: in logs, in /info, in the document. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** The composition root: which modules the app is made of. */
  readonly compose: (settings: LoadedSettings) => DynamicModule;
}

@Module({})
class ServiceModule {}

export type Service = Awaited<ReturnType<typeof createService>>;

/**
 * A whole service that listens nowhere yet: the app's composition root inside the platform's. Production, the tests,
 * the seeds and the document's generator all start here, so that none runs something that the others don't.
 */
export async function createService(definition: ServiceDefinition, settings: LoadedSettings, logger: Logger) {
  const lifecycle = new Lifecycle();
  const server = await createPublicServer(settings.get(HttpSettings), settings.get(SheddingSettings));
  lifecycle.whenDraining(() => server.pipeline.drain());
  const health = HealthModule.forRoot(lifecycle);
  const root: DynamicModule = {
    module: ServiceModule,
    imports: [
      ClockModule,
      LoggingModule.forRoot(logger),
      MetricsModule,
      ResilienceModule,
      TracingModule,
      RedisModule,
      CacheModule,
      HttpModule.forRoot(server),
      health,
      OperationsModule.forRoot(lifecycle, health),
      definition.compose(settings),
    ],
  };
  const app = await NestFactory.create<NestFastifyApplication>(root, new FastifyAdapter(server.fastify as never), {
    logger: FrameworkLogger.over(logger),
    bodyParser: false,
    abortOnError: false,
  });
  app.enableVersioning({ type: VersioningType.URI });
  const info = serviceInfo(definition.name, settings.get(ManagementSettings).commit);
  app.get(BuildInfo, { strict: false }).tell(info);
  const document = () => buildDocument(app, { ...definition, version: info.version });
  if (settings.get(DocsSettings).enabled) serveDocs(server.fastify, { title: definition.title, document });
  return { app, server, lifecycle, info, document };
}
