import type { DynamicModule, ModuleMetadata } from '@nestjs/common';
import { Writable } from 'node:stream';
import { createService, type Service } from '#platform/bootstrap';
import { type LoadedSettings, loadSettings, SettingsModule } from '#platform/config';
import { IdempotencyModule } from '#platform/idempotency';
import { createLogger } from '#platform/logging';
import { MessagingModule } from '#platform/messaging';
import { DatabaseSettings, PostgresConnection, PostgresModule } from '#platform/postgres';
import { SeedingModule } from '#platform/seeding';

const REACH_TIMEOUT_MS = 10_000;

class Alone {}

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

export interface ServiceOfOptions {
  readonly name: string;
  /** What it is made of, beside what every service has. */
  readonly modules?: (settings: LoadedSettings) => NonNullable<DynamicModule['imports']>;
  readonly own?: Pick<ModuleMetadata, 'controllers' | 'providers'>;
  readonly env: Readonly<Record<string, string>>;
  /** Runs when it is closed. */
  readonly onClose?: () => Promise<void>;
  /** Where its log goes, from `info` on; nowhere, unless given. */
  readonly log?: Writable;
}

/** See `aServiceOf`. */
export async function startService({ name, modules, own, env, onClose, log }: ServiceOfOptions): Promise<Service> {
  const settings = loadSettings({ NODE_ENV: 'test', ...env });
  const compose = (): DynamicModule => ({
    module: Alone,
    imports: [
      SettingsModule.forRoot(settings),
      PostgresModule.forRoot(settings.get(DatabaseSettings)),
      MessagingModule,
      IdempotencyModule,
      SeedingModule,
      ...(modules?.(settings) ?? []),
    ],
    ...own,
  });
  const logger = createLogger({ level: log ? 'info' : 'fatal', service: name, version: '0.0.0' }, log ?? nowhere);
  const service = await createService({ name, title: name, description: `${name} alone.`, compose }, settings, logger);
  const { app, server } = service;
  if (onClose) server.fastify.addHook('onClose', onClose);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  if (settings.get(DatabaseSettings).url !== undefined) {
    await app.get(PostgresConnection, { strict: false }).whenReached(REACH_TIMEOUT_MS);
  }
  return service;
}
