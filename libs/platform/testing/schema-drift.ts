import type { DataSource } from 'typeorm';

/**
 * What TypeORM would change in the database so that it fits the data source's entities: nothing, when migrations and
 * entities say the same. For a test: `expect(await schemaDrift(database.dataSource)).toEqual([])`.
 */
export async function schemaDrift(dataSource: DataSource): Promise<string[]> {
  const log = await dataSource.driver.createSchemaBuilder().log();
  return log.upQueries.map(({ query }) => query);
}
