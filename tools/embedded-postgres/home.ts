import { createHash } from 'node:crypto';
import { chmod, lstat, mkdir, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import { writingIn } from '../process/writable-folder.ts';
import type { PostgresAccount } from './account.ts';
import { isEnterableByOthers, survivesDoubleQuotes } from './reachable.ts';

/** Others may pass through, to what they own below, and see no names. */
const PASSABLE = 0o711;
/** Where programs of a system keep what must last. Temporary folders, /var/tmp too, are swept by many systems. */
const LASTING_FOLDER = '/var/lib';

/** Where a checkout's data lives, and a copy of the binaries where one is needed. */
export interface Home {
  readonly path: string;
  /** Why it is not in the checkout, as a clause that follows "because"; null when it is. */
  readonly awayBecause: string | null;
}

/**
 * `.data` in the checkout. When Postgres can't work there (it runs as another account, and the checkout is in root's
 * home, for example), a folder of the system's, named by a hash of the checkout's path so that two checkouts never
 * share one.
 * @throws Refusal when the folder takes no writes, or a stranger has taken its name
 */
export async function homeOf(checkout: string, account: PostgresAccount, lasting = LASTING_FOLDER): Promise<Home> {
  const awayBecause = await reasonToBeAway(checkout, account);
  if (awayBecause === null) {
    const path = join(checkout, '.data');
    await writingIn(path, async () => {
      if (account) await chmod(path, 0o755);
    });
    return { path, awayBecause };
  }
  const origin = await realpath(checkout);
  const hash = createHash('sha256').update(origin).digest('hex').slice(0, 16);
  const path = (await lastingHome(lasting, hash)) ?? (await temporaryHome(hash));
  await writeFile(join(path, 'checkout'), `${origin}\n`);
  return { path, awayBecause };
}

async function reasonToBeAway(checkout: string, account: PostgresAccount): Promise<string | null> {
  if (!survivesDoubleQuotes(checkout)) return "this checkout's path has a character that Postgres' tools cannot take";
  if (!account || (await isEnterableByOthers(checkout))) return null;
  return 'Postgres refuses to run as root, and the user `nobody`, who runs it, cannot enter this checkout';
}

/** For root on a usual Unix; null where such a folder can't be made. */
async function lastingHome(lasting: string, hash: string): Promise<string | null> {
  const parent = join(lasting, 'mainstay');
  try {
    await makePassable(parent);
    const home = join(parent, hash);
    await makePassable(home);
    return (await isEnterableByOthers(home)) ? home : null;
  } catch {
    return null;
  }
}

async function temporaryHome(hash: string): Promise<string> {
  // /var/tmp first: it is kept over a restart of the machine.
  const parent = await sharedFolder(['/var/tmp', tmpdir(), '/tmp']);
  const home = join(parent, `mainstay-${process.geteuid?.() ?? 0}-${hash}`);
  await makePassable(home);
  return home;
}

/** The folder above is never made: one that isn't there is not how this system is laid out. */
async function makePassable(folder: string): Promise<void> {
  await mkdir(folder, { mode: PASSABLE }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await refuseForeign(folder);
  await chmod(folder, PASSABLE);
}

/** The first of the folders that every account can enter. */
export async function sharedFolder(candidates: readonly string[]): Promise<string> {
  for (const folder of candidates) if (await isEnterableByOthers(folder).catch(() => false)) return folder;
  throw new Refusal(`None of ${candidates.join(', ')} can be entered by other users. Set DATABASE_URL to a server.`);
}

/** A name in a folder that everybody writes to can be guessed: somebody else may have put a trap there. */
export async function refuseForeign(folder: string): Promise<void> {
  const found = await lstat(folder);
  const own = process.geteuid?.() ?? found.uid;
  if (found.isDirectory() && found.uid === own) return;
  throw new Refusal(`${folder} belongs to another user, or is no folder. Remove it, or set DATABASE_URL to a server.`);
}
