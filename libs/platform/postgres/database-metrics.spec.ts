import { databaseSettings } from '#platform/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { register } from 'prom-client';
import { DatabaseMetrics } from './database-metrics.js';
import { PostgresModule } from './postgres.module.js';
import { Postgres } from './postgres.js';

describe('DatabaseMetrics', () => {
  let app: INestApplicationContext;

  beforeEach(async () => {
    const settings = databaseSettings('postgres://nobody@127.0.0.1:1/none', { DATABASE_POOL_MAX: '7' });
    const root = { module: class Root {}, imports: [PostgresModule.forRoot(settings)] };
    app = await NestFactory.createApplicationContext(root, { logger: false });
  });

  afterEach(async () => {
    await app.close();
    register.clear();
  });

  it('counts each statement by its name and outcome', async () => {
    await expect(app.get(Postgres).query({ name: 'test.one', text: 'SELECT 1' })).rejects.toThrow();

    expect(await register.metrics()).toContain(
      'dependency_request_duration_seconds_count{dependency="postgres",operation="test.one",outcome="unavailable"} 1',
    );
  });

  it('shows the pool when it is asked', async () => {
    app.get(DatabaseMetrics).collect();
    expect(await register.metrics()).toContain('database_pool_connections{state="max"} 7');
  });
});
