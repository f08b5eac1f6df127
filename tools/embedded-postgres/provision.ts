import type pg from 'pg';
import { type Access, withConnection } from './connection.ts';
import { closeOtherDatabases, provisionRoles } from './roles.ts';

/** The database that the store uses. */
export const DATABASE = 'store';

/** A new database is a copy of a whole one, which a disk with other work takes its time for. */
const STATEMENT_TIMEOUT_MS = 15_000;

/**
 * Makes what the store expects to find in a server: its database, and the roles for migrations and for service, with a
 * way into that database alone. It runs at each start, so each step may be repeated.
 */
export async function provision(access: Access): Promise<void> {
  const within = <T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> =>
    withConnection(access, database, work, STATEMENT_TIMEOUT_MS);
  await within('postgres', async (client) => {
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    // No parameters in DDL; the name is a constant of ours.
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    await closeOtherDatabases(client);
  });
  await within(DATABASE, (client) => provisionRoles(client, access));
}
