import { describe, expect, it } from '@jest/globals';
import { databaseFor, withoutPassword } from './database.ts';

describe('a database that the environment names', () => {
  const DATABASE_URL = 'postgres://me:canary@db:5432/store';

  it('is not ours, and what is said of it has no secret', async () => {
    const database = await databaseFor({ DATABASE_URL });

    expect(database).toMatchObject({
      embedded: false,
      env: {},
      migratorEnv: {},
      shownAs: 'postgres://me@db:5432/store',
      away: null,
    });
    expect(database.advice('migrate')).not.toContain('canary');
  });

  it.each([
    ['migrate', { DATABASE_URL }, 'that DATABASE_URL names: postgres://me@db:5432/store\n'],
    ['seed', { DATABASE_URL, DATABASE_MIGRATOR_URL: 'postgres://owner:canary@db/store' }, 'that DATABASE_URL names'],
    [
      'migrate',
      { DATABASE_URL, DATABASE_MIGRATOR_URL: 'postgres://owner:canary@db/store' },
      'postgres://owner@db/store',
    ],
    ['migrate', { DATABASE_URL_FILE: '/run/secrets/url' }, 'that DATABASE_URL_FILE names\n'],
  ])('is named by its variable when the step %s fails: %j', async (program, env, expected) => {
    const { advice } = await databaseFor(env);

    expect(advice(program)).toContain(expected);
  });
});

describe('a database for migrations alone', () => {
  it.each(['DATABASE_MIGRATOR_URL', 'DATABASE_MIGRATOR_URL_FILE'])(
    'is refused before anything starts: %s',
    async (name) => {
      await expect(databaseFor({ [name]: 'postgres://owner:canary@db/store' })).rejects.toThrow(
        `${name} is set and DATABASE_URL is not`,
      );
    },
  );
});

describe('a database URL that is shown', () => {
  it('has host, port, database and user', () => {
    expect(withoutPassword('postgres://me:canary@db:5432/store')).toBe('postgres://me@db:5432/store');
  });

  it.each(['postgres://me:canary@db/store?password=canary', 'not a url canary', 'postgres://:canary@db/store'])(
    'has no secret: %s',
    (url) => {
      expect(withoutPassword(url) ?? '').not.toContain('canary');
    },
  );
});
