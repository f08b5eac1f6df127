import { loadSettings } from '#platform/config';
import { describe, expect, it } from '@jest/globals';
import { DatabaseSettings } from './database.settings.js';

const URL = 'postgres://store:s3cret@db:5432/store';
const load = (env: Record<string, string>): DatabaseSettings => loadSettings(env).get(DatabaseSettings);

describe('DatabaseSettings', () => {
  it('does without a database in development', () => {
    expect(load({}).url).toBeUndefined();
  });

  it('needs one in production', () => {
    expect(() => load({ NODE_ENV: 'production' })).toThrow('DATABASE_URL is required in production');
  });

  it('bounds every wait unless told otherwise, the inner ones first', () => {
    const { lockTimeoutMs, statementTimeoutMs, queryTimeoutMs, acquireTimeoutMs } = load({ DATABASE_URL: URL });
    expect([acquireTimeoutMs, lockTimeoutMs, statementTimeoutMs, queryTimeoutMs]).toEqual([1_000, 1_500, 3_000, 3_500]);
  });

  it('refuses bounds that do not nest', () => {
    expect(() => load({ DATABASE_STATEMENT_TIMEOUT_MS: '4000' })).toThrow('less than DATABASE_QUERY_TIMEOUT_MS');
    expect(() => load({ DATABASE_LOCK_TIMEOUT_MS: '3000' })).toThrow('less than DATABASE_STATEMENT_TIMEOUT_MS');
  });

  it('refuses a URL of another kind, without repeating it', () => {
    const attempt = () => load({ DATABASE_URL: 'mysql://root:hunter2@db/store' });
    expect(attempt).toThrow('DATABASE_URL must be a URL that starts with postgres://');
    expect(attempt).not.toThrow('hunter2');
  });

  it('knows a read replica only of a primary, and keeps its secret', () => {
    expect(load({ DATABASE_URL: URL, DATABASE_READ_URL: URL }).readUrl).toBe(URL);
    expect(() => load({ DATABASE_READ_URL: URL })).toThrow('DATABASE_READ_URL needs DATABASE_URL');
    expect(() => load({ DATABASE_READ_URL: URL })).not.toThrow('s3cret');
  });

  it('looks at a read replica several times before it would be too old', () => {
    const attempt = () => load({ DATABASE_READ_CHECK_INTERVAL_MS: '500', DATABASE_READ_LAG_MAX_MS: '1999' });
    expect(attempt).toThrow('DATABASE_READ_CHECK_INTERVAL_MS must be at most a quarter of DATABASE_READ_LAG_MAX_MS');
  });
});
