import { databaseSettings } from '#platform/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseUnavailable } from './database.errors.js';
import { PostgresModule } from './postgres.module.js';
import { Postgres } from './postgres.js';
import { storeAdapter } from './store-adapter.js';

let made: string[] = [];

abstract class Shelf {
  abstract readonly kind: string;
}

@Injectable()
class PostgresShelf extends Shelf {
  readonly kind = 'postgres';
  constructor(readonly postgres: Postgres) {
    super();
    made.push(this.kind);
  }
}

class InMemoryShelf extends Shelf {
  readonly kind = 'memory';
  constructor() {
    super();
    made.push(this.kind);
  }
}

@Module({
  imports: [PostgresModule.forFeature({ entities: [], migrations: import.meta.dirname })],
  providers: [storeAdapter({ port: Shelf, postgres: PostgresShelf, memory: InMemoryShelf })],
})
class ShelfModule {}

const start = (url?: string): Promise<INestApplicationContext> => {
  const root = PostgresModule.forRoot(databaseSettings(url));
  return NestFactory.createApplicationContext(
    { module: class Root {}, imports: [root, ShelfModule] },
    { logger: false },
  );
};

describe('storeAdapter', () => {
  let app: INestApplicationContext;

  afterEach(async () => {
    made = [];
    await app.close();
  });

  it('answers from memory when no database is configured, and makes no other adapter', async () => {
    app = await start();
    expect(app.get(Shelf, { strict: false }).kind).toBe('memory');
    expect(made).toEqual(['memory']);
  });

  it('answers from Postgres when one is configured, reachable or not', async () => {
    app = await start('postgres://nobody@127.0.0.1:1/none');
    const shelf = app.get<PostgresShelf>(Shelf, { strict: false });
    expect(shelf.kind).toBe('postgres');
    expect(shelf.postgres).toBeInstanceOf(Postgres);
    expect(made).toEqual(['postgres']);
  });

  it('tells whoever asks for a database that is not configured that it is unavailable', async () => {
    app = await start();
    const query = app.get(Postgres).query({ name: 'test.one', text: 'SELECT 1' });
    await expect(query).rejects.toBeInstanceOf(DatabaseUnavailable);
  });
});
