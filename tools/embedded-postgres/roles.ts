import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { type Access, connectionUrl } from './connection.ts';

export const MIGRATOR = 'mainstay_migrator';
export const SERVICE = 'mainstay_service';

const SCRIPTS = join(import.meta.dirname, '../../deploy/postgres');

/** Ways into one database, with passwords: not for logs. */
export interface RoleUrls {
  /** Reads and writes rows: the service's, `DATABASE_URL`. */
  readonly serviceUrl: string;
  /** Owns the schema: the migrations', `DATABASE_MIGRATOR_URL`. */
  readonly migratorUrl: string;
}

/**
 * A role's password is derived from the superuser's: nothing more has to be stored, and a server that another run left
 * behind agrees. The derivation is one-way, so the service's password opens no other door. URL-safe characters.
 */
export function passwordOf(role: string, superuserPassword: string): string {
  return createHmac('sha256', superuserPassword).update(role).digest('base64url');
}

export function roleUrls({ port, password }: Access, database: string): RoleUrls {
  const urlOf = (role: string): string => connectionUrl({ port, password: passwordOf(role, password) }, database, role);
  return { serviceUrl: urlOf(SERVICE), migratorUrl: urlOf(MIGRATOR) };
}

/** Makes the roles, and what they may do in the database that the client is connected to, as production does. */
export async function provisionRoles(client: pg.Client, { password }: Access): Promise<void> {
  await client.query(await readFile(join(SCRIPTS, 'roles.sql'), 'utf8'));
  for (const role of [MIGRATOR, SERVICE]) {
    // No parameters in DDL; both texts are of characters that need no escape.
    await client.query(`ALTER ROLE ${role} PASSWORD '${passwordOf(role, password)}'`);
  }
}

/** Leaves the roles no database but their own, in a server that nobody else uses: as docker-compose does. */
export async function closeOtherDatabases(client: pg.Client): Promise<void> {
  await client.query(await readFile(join(SCRIPTS, 'own-server.sql'), 'utf8'));
}
