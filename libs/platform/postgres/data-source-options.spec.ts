import { databaseSettings } from '#platform/testing';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import {
  migratorDataSourceOptions,
  replicaPoolOptions,
  serviceDataSourceOptions,
  spreadLifetimes,
} from './data-source-options.js';

const URL = 'postgres://store@db/store';
const MIGRATOR_URL = 'postgres://migrator@db/store';

describe('serviceDataSourceOptions', () => {
  it('bounds every wait, on the server where it can be and here where it must be', () => {
    const options = serviceDataSourceOptions(databaseSettings(URL), () => undefined);
    expect(options).toMatchObject({ url: URL, poolSize: 10, connectTimeoutMS: 1_000 });
    expect(options.extra).toMatchObject({
      lock_timeout: 1_500,
      statement_timeout: 3_000,
      query_timeout: 3_500,
      idle_in_transaction_session_timeout: 5_000,
      keepAlive: true,
    });
  });

  it('changes no schema', () => {
    const options = serviceDataSourceOptions(databaseSettings(URL), () => undefined);
    expect(options).toMatchObject({ installExtensions: false });
    expect(options.synchronize ?? false).toBe(false);
    expect(options.migrationsRun ?? false).toBe(false);
  });
});

describe('replicaPoolOptions', () => {
  it('bounds every wait by what a read may cost, the server’s own first, and writes nothing', () => {
    const settings = databaseSettings(URL, { DATABASE_READ_URL: 'postgres://store@replica/store' });
    expect(replicaPoolOptions(settings)).toMatchObject({
      connectionString: 'postgres://store@replica/store',
      max: 10,
      connectionTimeoutMillis: 500,
      statement_timeout: 400,
      options: '-c default_transaction_read_only=on',
      keepAlive: true,
    });
  });
});

describe('migratorDataSourceOptions', () => {
  it('takes the migrator, one connection, and as much time as a statement needs', () => {
    const options = migratorDataSourceOptions(databaseSettings(URL, { DATABASE_MIGRATOR_URL: MIGRATOR_URL }), []);
    expect(options).toMatchObject({ url: MIGRATOR_URL, poolSize: 1, schema: 'platform' });
    expect(options.extra).not.toHaveProperty('query_timeout');
  });

  it('takes the service where there is no migrator', () => {
    expect(migratorDataSourceOptions(databaseSettings(URL), []).url).toBe(URL);
  });
});

describe('spreadLifetimes', () => {
  it('gives each connection up to a tenth less than the others', () => {
    const pool = new pg.Pool();
    spreadLifetimes(pool, 1_000);

    const lifetimes = Array.from({ length: 200 }, () => pool.options.maxLifetimeSeconds ?? 0);

    expect(Math.max(...lifetimes)).toBeLessThanOrEqual(1_000);
    expect(Math.min(...lifetimes)).toBeGreaterThanOrEqual(900);
    expect(new Set(lifetimes).size).toBeGreaterThan(10);
  });
});
