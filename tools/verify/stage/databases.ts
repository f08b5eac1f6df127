import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { passwordOf, provisionRoles, type RoleUrls, MIGRATOR, SERVICE } from '../../embedded-postgres/roles.ts';
import { Refusal } from '../../process/refusal.ts';
import { runProgram } from '../../process/run-program.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const ENTRY_TIMEOUT_MS = 120_000;

export interface Database extends RoleUrls {
  /** As the superuser: for what is done behind the service's back. */
  readonly adminUrl: string;
  drop(): Promise<void>;
}

/** Does the work over a connection of its own, which is closed after it. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'verify',
  });
  client.on('error', () => undefined); // the query fails as well
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The rows of one statement. */
export const rowsOf = <Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => withClient(url, async (client) => (await client.query<Row>(sql, [...values])).rows);

/** A new database on the server, with the roles of production. @throws Refusal for a user who may not do that */
export async function createDatabase(serverUrl: string): Promise<Database> {
  const name = `verify_${randomBytes(6).toString('hex')}`;
  const adminUrl = new URL(serverUrl);
  adminUrl.pathname = `/${name}`;
  // No parameters in DDL; the name is of letters and digits.
  await rowsOf(serverUrl, `CREATE DATABASE ${name}`);
  const drop = async (): Promise<void> => {
    await rowsOf(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  const password = decodeURIComponent(adminUrl.password);
  await withClient(adminUrl.href, (client) => provisionRoles(client, { port: 0, password }));
  const urlOf = (role: string): string => {
    const url = new URL(adminUrl);
    [url.username, url.password] = [role, passwordOf(role, password)];
    return url.href;
  };
  return { adminUrl: adminUrl.href, serviceUrl: urlOf(SERVICE), migratorUrl: urlOf(MIGRATOR), drop };
}

/** Runs one of the built entries of the store to its end, and gives what it said. @throws Refusal when it fails */
export async function runEntry(
  release: string,
  entry: 'migrate' | 'seed' | 'outbox',
  env: NodeJS.ProcessEnv,
  { args = [], signal }: { readonly args?: readonly string[]; readonly signal?: AbortSignal } = {},
): Promise<string> {
  const file = join('dist', 'apps', 'store', 'src', `${entry}.js`);
  const options = { cwd: release, timeoutMs: ENTRY_TIMEOUT_MS, signal, env: { PATH: process.env['PATH'], ...env } };
  const { code, output } = await runProgram(process.execPath, ['--enable-source-maps', file, ...args], options);
  if (code !== 0) throw new Refusal(`${file} ended with code ${code}:\n${output}`);
  return output;
}
