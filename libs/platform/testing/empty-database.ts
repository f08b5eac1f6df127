import { newId } from '#kernel/id';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testServerUrl, withConnection } from './admin-connection.js';
import { passwordOf, ROLES, roleUrls, type RoleUrls } from './role-urls.js';

const ROLES_SCRIPT = join(import.meta.dirname, '../../../deploy/postgres/roles.sql');

/** A database on the test server. */
export interface EmptyDatabase extends RoleUrls {
  /** As the role that may do everything: for what a test does behind the service's back. */
  readonly url: string;
  /** Deletes it, whoever is still connected. */
  drop(): Promise<void>;
}

/**
 * Creates an empty database on the test server, with the roles of production.
 * @param template the name of one that it is a copy of, instead of empty
 */
export async function createEmptyDatabase(template?: string): Promise<EmptyDatabase> {
  const { url, drop } = await createBareDatabase(template);
  await withConnection(url, async (admin) => admin.query(await readFile(ROLES_SCRIPT, 'utf8')));
  await setPasswords();
  return { url, ...roleUrls(url), drop };
}

/** Creates a database as Postgres makes it: for tests of what makes the roles. */
export async function createBareDatabase(template = 'template1'): Promise<Pick<EmptyDatabase, 'url' | 'drop'>> {
  const name = `test_${newId().replaceAll('-', '')}`;
  await withConnection(testServerUrl(), (admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  const url = testServerUrl();
  url.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    await withConnection(testServerUrl(), (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
  };
  return { url: url.href, drop };
}

/** Roles are the server's: two test runs on one server would fail each other by setting their passwords at once. */
async function setPasswords(): Promise<void> {
  const server = testServerUrl();
  await withConnection(server, async (admin) => {
    await admin.query(`BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('mainstay.test-roles', 0))`);
    for (const role of ROLES) await admin.query(`ALTER ROLE ${role} PASSWORD '${passwordOf(role, server)}'`);
    await admin.query('COMMIT');
  });
}
