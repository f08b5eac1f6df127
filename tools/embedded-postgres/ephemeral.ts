import { chmod, lstat, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tryLock, type HeldLock } from '../process/lock-file.ts';
import { Refusal } from '../process/refusal.ts';
import type { PostgresAccount } from './account.ts';
import { sharedFolder } from './home.ts';
import { stopPostmaster } from './postmaster.ts';
import type { Programs } from './programs.ts';

const PREFIX = 'mainstay-ephemeral-';
/** A folder without an owner is being made just now, or its maker was killed in between. */
const UNOWNED_AGE_MAX_MS = 10 * 60_000;

export interface EphemeralFolder {
  /** To be passed by others, and not to be read. */
  readonly path: string;
  /** Below it, for a server: the first who comes makes it. */
  readonly dataDir: string;
  /** Deletes the folder and all that is in it. The server must have stopped. */
  remove(): Promise<void>;
}

/** Where ephemeral folders are made: the system's temporary folder, or one that the account can enter too. */
export async function ephemeralParent(account: PostgresAccount): Promise<string> {
  return account ? sharedFolder([tmpdir(), '/tmp', '/var/tmp']) : tmpdir();
}

export async function makeEphemeralFolder(parent: string): Promise<EphemeralFolder> {
  const folder = await mkdtemp(join(parent, PREFIX));
  const { lock } = await tryLock(ownerFile(folder), 'ephemeral Postgres');
  if (!lock) throw new Refusal(`${folder} was taken by another process.`);
  await chmod(folder, 0o711);
  return { path: folder, dataDir: join(folder, 'data'), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Ends and deletes what runs that were killed have left: theirs are the folders whose owner is dead. */
export async function sweepEphemeralFolders(programs: Programs, parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(PREFIX)) continue;
    const folder = join(parent, name);
    const lock = await abandoned(folder).catch(() => null);
    if (!lock) continue;
    await stopPostmaster(programs, join(folder, 'data'), 'immediate');
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folder's lock when its owner is dead: from then on it is ours, so that two sweeps never meet. */
async function abandoned(folder: string): Promise<HeldLock | null> {
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== (process.geteuid?.() ?? found.uid)) return null;
  const owned = await stat(ownerFile(folder)).catch(() => null);
  if (!owned && Date.now() - found.mtimeMs < UNOWNED_AGE_MAX_MS) return null;
  return (await tryLock(ownerFile(folder), 'sweep')).lock;
}

function ownerFile(folder: string): string {
  return join(folder, 'owner.lock');
}
