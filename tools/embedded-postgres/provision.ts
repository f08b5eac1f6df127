import { type Access, withConnection } from './connection.ts';

/** The database that the store uses. */
export const DATABASE = 'store';

/**
 * Makes what the store expects to find in a server: its database. It runs at each start, so each step asks first.
 * This is the place for the store's roles, when it gets its own for migrations and for service.
 */
export async function provision(access: Access): Promise<void> {
  await withConnection(access, async (client) => {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    // No parameters in DDL; the name is a constant of ours.
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
}
