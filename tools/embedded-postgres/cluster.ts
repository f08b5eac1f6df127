import { randomBytes } from 'node:crypto';
import { chown, lstat, mkdir, open, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Refusal } from '../process/refusal.ts';
import { SUPERUSER } from './connection.ts';
import type { Programs } from './programs.ts';

/** initdb takes 1 to 3 s on a laptop; a slow disk's fsync may take many times that. */
const INITDB_TIMEOUT_MS = 120_000;
const STATE_FILE = 'mainstay.json';

/** What we know of a data folder beyond what Postgres writes there. Its presence marks a finished initdb. */
export interface ClusterState {
  readonly password: string;
  /** The port of the last run: kept while it is free. */
  readonly port: number | null;
}

/** Makes the data folder ready to serve: creates it on first use, checks that it is ours and of our version. */
export async function prepareCluster(
  programs: Programs,
  dataDir: string,
  options: { ephemeral: boolean; signal?: AbortSignal | undefined },
): Promise<ClusterState> {
  await refuseForeignOwner(programs, dataDir);
  const state = await readState(dataDir);
  if (!state) {
    await setUnfinishedAside(dataDir);
    return createCluster(programs, dataDir, options);
  }
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => 'nothing')).trim();
  if (version === String(programs.major)) return state;
  throw new Refusal(
    `The data in ${dataDir} was written by PostgreSQL ${version}; this checkout carries PostgreSQL ${programs.major}.\n` +
      `To start afresh: delete that folder. To keep the data: dump it with pg_dumpall of version ${version} first.`,
  );
}

/** Rewrites our own file in the data folder, whole or not at all. */
export async function writeState(dataDir: string, state: ClusterState): Promise<void> {
  const path = join(dataDir, STATE_FILE);
  const draft = `${path}.draft`;
  await rm(draft, { force: true });
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(state));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

export async function readState(dataDir: string): Promise<ClusterState | null> {
  try {
    const state = JSON.parse(await readFile(join(dataDir, STATE_FILE), 'utf8')) as Partial<ClusterState>;
    return typeof state.password === 'string' ? { password: state.password, port: state.port ?? null } : null;
  } catch {
    return null;
  }
}

/**
 * initdb works in a folder of another name, which is renamed when all is written: an initdb that was killed leaves
 * nothing that could be taken for a cluster, and its remains are ours to wipe without a question.
 */
async function createCluster(
  programs: Programs,
  dataDir: string,
  { ephemeral, signal }: { ephemeral: boolean; signal?: AbortSignal | undefined },
): Promise<ClusterState> {
  const draft = `${dataDir}.initialising`;
  const passwordFile = `${dataDir}.password`;
  const state = { password: randomBytes(18).toString('base64url'), port: null };
  await rm(draft, { recursive: true, force: true });
  await rm(passwordFile, { force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    await writeFile(passwordFile, state.password, { flag: 'wx', mode: 0o600 });
    await giveTo(programs, draft, passwordFile);
    const args = ['-D', draft, '-U', SUPERUSER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
    // Postgres' own collation, by code point: the same order on every system, whatever its C library.
    args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
    if (ephemeral) args.push('--no-sync');
    const outcome = await programs.run('initdb', args, { timeoutMs: INITDB_TIMEOUT_MS, cwd: draft, signal });
    if (outcome.code !== 0) throw new Refusal(`initdb failed for ${dataDir}:\n${outcome.output}`);
    await writeState(draft, state);
    await rename(draft, dataDir);
    return state;
  } finally {
    await rm(passwordFile, { force: true });
    await rm(draft, { recursive: true, force: true });
  }
}

async function giveTo({ account }: Programs, ...paths: string[]): Promise<void> {
  // chown takes the unsigned form of an id, see account.ts.
  if (account) for (const path of paths) await chown(path, account.uid >>> 0, account.gid >>> 0);
}

async function refuseForeignOwner({ account }: Programs, dataDir: string): Promise<void> {
  const expected = account ? account.uid >>> 0 : process.geteuid?.();
  const found = await lstat(dataDir).catch(() => null);
  if (!found || expected === undefined || found.uid === expected) return;
  throw new Refusal(
    `The data in ${dataDir} belongs to user ${found.uid}, and this run would use it as user ${expected}.\n` +
      'Start as the user who made it (root makes it for `nobody`), or delete that folder to start afresh.',
  );
}

/** A folder that isn't ours is never deleted: it may be somebody's data whose state file went missing. */
async function setUnfinishedAside(dataDir: string): Promise<void> {
  const names = await readdir(dataDir).catch(() => null);
  if (names === null) return;
  if (names.length === 0) return rm(dataDir, { recursive: true });
  const aside = `${dataDir}.unfinished-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  await rename(dataDir, aside);
  process.stderr.write(
    `${basename(dataDir)} holds no finished data; it was moved to ${aside}, which may be deleted.\n`,
  );
}
