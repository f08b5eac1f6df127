import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { PostgresModule, storeAdapter } from '#platform/postgres';
import { ExpiredRecordsSweeper } from './expired-records.sweeper.js';
import { idempotencyMetricProviders } from './idempotency-metrics.js';
import { OnceOnly } from './once-only.js';
import { refusePublic } from './refuse-public-routes.js';
import { IdempotencyStore } from './store/idempotency-store.js';
import { MemoryIdempotencyStore } from './store/memory-idempotency-store.js';
import { PostgresIdempotencyStore } from './store/postgres-idempotency-store.js';

/** What `@Idempotent()` on a handler needs, for every module. */
@Global()
@Module({
  imports: [PostgresModule.forFeature({ entities: [], migrations: join(import.meta.dirname, 'migrations') })],
  providers: [
    storeAdapter({ port: IdempotencyStore, postgres: PostgresIdempotencyStore, memory: MemoryIdempotencyStore }),
    OnceOnly,
    ExpiredRecordsSweeper,
    ...idempotencyMetricProviders,
  ],
  exports: [OnceOnly],
})
export class IdempotencyModule {
  /** Before the first route of a controller is registered. */
  constructor({ httpAdapter }: HttpAdapterHost) {
    httpAdapter.getInstance<FastifyInstance>().addHook('onRoute', refusePublic);
  }
}
