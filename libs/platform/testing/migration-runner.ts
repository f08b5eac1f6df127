import { DataSource, type QueryRunner } from 'typeorm';
import type { RoleUrls } from './role-urls.js';

/** Does what migrations do, as their role: for a test that runs one by hand. */
export async function withMigrationRunner<T>(
  { migratorUrl }: RoleUrls,
  work: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const dataSource = await new DataSource({ type: 'postgres', url: migratorUrl, poolSize: 1 }).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    return await work(runner);
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}
