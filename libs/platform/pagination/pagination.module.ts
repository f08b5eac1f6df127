import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { PostgresModule, storeAdapter } from '#platform/postgres';
import { CursorCodec } from './cursor-codec.js';
import { PostgresSealingKey } from './postgres-sealing-key.js';
import { RandomSealingKey } from './random-sealing-key.js';
import { SealingKey } from './sealing-key.js';

/** Cursors, for a module that lists: it imports this. */
@Module({
  imports: [PostgresModule.forFeature({ entities: [], migrations: join(import.meta.dirname, 'migrations') })],
  providers: [storeAdapter({ port: SealingKey, postgres: PostgresSealingKey, memory: RandomSealingKey }), CursorCodec],
  exports: [CursorCodec],
})
export class PaginationModule {}
