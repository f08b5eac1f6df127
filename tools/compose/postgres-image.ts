import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { type Access, withConnection } from '../embedded-postgres/connection.ts';
import { MIGRATOR, SERVICE } from '../embedded-postgres/roles.ts';
import { DATABASE } from '../embedded-postgres/provision.ts';

const STATEMENT_TIMEOUT_MS = 15_000;

export interface Beginning {
  readonly checkout: string;
  /** `POSTGRES_DB`. */
  readonly database: string;
  /** Paths from the root, in order. */
  readonly scripts: readonly string[];
  /** Stands for /run/secrets. The server's account must be able to read there. */
  readonly secretsFolder: string;
}

/** Makes of an ephemeral server what the Postgres image makes at its first start: one database, and what its scripts do. */
export async function beginAsImage(server: { readonly url: string; readonly port: number }, beginning: Beginning) {
  const access: Access = { port: server.port, password: new URL(server.url).password };
  const { checkout, database, scripts, secretsFolder } = beginning;
  const within = (name: string, work: (client: pg.Client) => Promise<void>): Promise<void> =>
    withConnection(access, name, work, STATEMENT_TIMEOUT_MS);
  await within('postgres', (client) => asNew(client, database));
  await within(database, async (client) => {
    for (const script of scripts) {
      const text = await readFile(join(checkout, script), 'utf8');
      await client.query(text.replaceAll('/run/secrets', secretsFolder));
    }
  });
}

/** The embedded one has its own database and roles, and has closed what a new server leaves open. */
async function asNew(client: pg.Client, database: string): Promise<void> {
  await client.query(`DROP DATABASE ${DATABASE}`);
  await client.query(`DROP ROLE ${MIGRATOR}, ${SERVICE}`);
  await client.query(`CREATE DATABASE ${database}`);
  await client.query('GRANT CONNECT, TEMPORARY ON DATABASE postgres, template1 TO PUBLIC');
}
