import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresAccount } from '../embedded-postgres/account.ts';
import { ephemeralParent } from '../embedded-postgres/ephemeral.ts';

/** To be passed, and not to be read: Postgres may run as somebody else. */
const PASSABLE = 0o711;

export interface RunFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/** What one run of the system writes: its secrets, its configuration and its data. */
export async function makeRunFolder(account: PostgresAccount): Promise<RunFolder> {
  const path = await mkdtemp(join(await ephemeralParent(account), 'mainstay-system-'));
  await chmod(path, PASSABLE);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
