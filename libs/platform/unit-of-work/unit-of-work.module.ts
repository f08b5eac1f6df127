import { Global, Module } from '@nestjs/common';
import { UnitOfWork } from '#kernel/unit-of-work';
import { storeAdapter } from '#platform/postgres';
import { MemoryUnitOfWork } from './memory-unit-of-work.js';
import { PostgresUnitOfWork } from './postgres-unit-of-work.js';

/** Units of work where the stores are: in Postgres, or in memory. It needs an `EventOutbox` beside it. */
@Global()
@Module({
  providers: [storeAdapter({ port: UnitOfWork, postgres: PostgresUnitOfWork, memory: MemoryUnitOfWork })],
  exports: [UnitOfWork],
})
export class UnitOfWorkModule {}
