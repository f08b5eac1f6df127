import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RoleUrls } from '#platform/testing';
import { builtFile, ROOT, type ServiceName } from './spawn-service.js';
import { issuer } from './tokens.js';

export type Entry = 'migrate' | 'seed' | 'forget-recommendations' | 'outbox';

export interface EntryOptions {
  /** The store's, unless given. */
  readonly service?: ServiceName;
  /** Folder of the release whose entry it is: this checkout, unless given. */
  readonly root?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The words after the name of the entry. */
  readonly args?: readonly string[];
}

/** Runs one of a built service's one-shot entries as a deployment does: each as its role, and with no other's URL. */
export async function runEntry(
  entry: Entry,
  { serviceUrl, migratorUrl }: RoleUrls,
  { service = 'store', root = ROOT, env = {}, args = [] }: EntryOptions = {},
): Promise<string> {
  const own =
    entry === 'migrate' ? { DATABASE_MIGRATOR_URL: migratorUrl } : { DATABASE_URL: serviceUrl, ...issuer.env };
  const { stdout } = await promisify(execFile)(process.execPath, [builtFile(service, entry, root), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], NODE_ENV: entry === 'seed' ? 'test' : 'production', ...own, ...env },
  });
  return stdout;
}
