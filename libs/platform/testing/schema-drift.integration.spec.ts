import { afterEach, describe, expect, it } from '@jest/globals';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { withConnection } from './admin-connection.js';
import { schemaDrift } from './schema-drift.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

@Entity({ schema: 'test', name: 'things' })
class ThingRow {
  @PrimaryColumn({ type: 'int', primaryKeyConstraintName: 'things_pkey' })
  id!: number;

  @Column({ type: 'text' })
  name!: string;
}

describe('schemaDrift', () => {
  let database: TestDatabase;

  afterEach(() => database.drop());

  const driftAfter = async (sql: string): Promise<string[]> => {
    database = await createTestDatabase({ migrations: [], entities: [ThingRow] });
    await withConnection(database.migratorUrl, (client) => client.query(`CREATE SCHEMA test; ${sql}`));
    return schemaDrift(database.dataSource);
  };

  it('finds nothing where the table fits the entity', async () => {
    expect(await driftAfter('CREATE TABLE test.things (id int PRIMARY KEY, name text NOT NULL)')).toEqual([]);
  });

  it('finds what the table lacks', async () => {
    expect(await driftAfter('CREATE TABLE test.things (id int PRIMARY KEY)')).toEqual([
      expect.stringContaining('ADD "name" text NOT NULL'),
    ]);
  });

  it('finds what the entity lacks', async () => {
    const drift = await driftAfter('CREATE TABLE test.things (id int PRIMARY KEY, name text NOT NULL, extra int)');
    expect(drift).toEqual([expect.stringContaining('DROP COLUMN "extra"')]);
  });
});
