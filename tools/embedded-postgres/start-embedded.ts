import { join, resolve } from 'node:path';
import { withLock } from '../process/lock-file.ts';
import { postgresAccount, type PostgresAccount } from './account.ts';
import { usableDistribution } from './binaries.ts';
import { prepareCluster, readState } from './cluster.ts';
import { type Access, answersFor, connectionUrl } from './connection.ts';
import { ephemeralParent, makeEphemeralFolder, sweepEphemeralFolders } from './ephemeral.ts';
import { type Home, homeOf } from './home.ts';
import { launch } from './launch.ts';
import { livePostmaster, stopPostmaster } from './postmaster.ts';
import { postgresPrograms, type Programs } from './programs.ts';
import { DATABASE, provision } from './provision.ts';
import { type RoleUrls, roleUrls } from './roles.ts';
import { watchPostmaster } from './watch.ts';

/** Above the bound of everything that is done under the lock. */
const LOCK_TIMEOUT_MS = 180_000;

export const CHECKOUT = resolve(import.meta.dirname, '../..');

export interface EmbeddedPostgresOptions {
  /** The folder of the data; by default the checkout's own, see {@link homeOf}. */
  readonly dataDir?: string;
  /** For tests: a folder of its own, no durability, all deleted by `stop()`. */
  readonly ephemeral?: boolean;
  /** Ends the start early; what was started by then is stopped. */
  readonly signal?: AbortSignal | undefined;
}

export interface EmbeddedPostgres extends RoleUrls {
  /** The superuser's, for tests that create databases. With the password: not for logs, and not for the store. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** A server that an earlier run left behind was found in good health, and is used on. */
  readonly adopted: boolean;
  /** The folder that the data lies in when that is not the checkout, and why; else null. */
  readonly away: Home | null;
  /** From now until `stop()`: calls back, once, when the server ends without our doing. */
  watch(onGone: () => void): Promise<void>;
  /** Stops the server, adopted or not. A second call waits for the first. */
  stop(): Promise<void>;
}

/**
 * Starts a server on a free port of 127.0.0.1, or adopts the one that already serves the folder.
 * @throws Refusal when this machine, the account or the folder doesn't allow it: the message says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const account = await postgresAccount();
  const home = await homeOf(CHECKOUT, account);
  const programs = await postgresPrograms(await usableDistribution(home.path, account), account);
  return options.ephemeral ? startEphemeral(programs, account, options) : startKept(programs, home, options);
}

async function startKept(programs: Programs, home: Home, { dataDir, signal }: EmbeddedPostgresOptions) {
  const folder = resolve(dataDir ?? join(home.path, 'postgres'));
  const lock = { purpose: 'starting Postgres', timeoutMs: LOCK_TIMEOUT_MS, signal };
  const started = await withLock(`${folder}.lock`, lock, () => adoptOrStart(programs, folder, signal));
  const stop = () => stopPostmaster(programs, folder, 'fast');
  return running(folder, { ...started, away: dataDir === undefined && home.awayBecause !== null ? home : null }, stop);
}

async function startEphemeral(programs: Programs, account: PostgresAccount, { signal }: EmbeddedPostgresOptions) {
  const parent = await ephemeralParent(account);
  await sweepEphemeralFolders(programs, parent);
  const folder = await makeEphemeralFolder(parent);
  const { dataDir } = folder;
  const stop = async () => {
    await stopPostmaster(programs, dataDir, 'immediate');
    await folder.remove();
  };
  try {
    const started = await start(programs, dataDir, { ephemeral: true, signal });
    return running(dataDir, { ...started, adopted: false, away: null }, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function adoptOrStart(programs: Programs, dataDir: string, signal: AbortSignal | undefined) {
  const [state, server] = [await readState(dataDir), await livePostmaster(dataDir)];
  if (state && server?.port && (await answersFor(dataDir, { port: server.port, password: state.password }))) {
    const access = { port: server.port, password: state.password };
    await provision(access);
    return { ...access, adopted: true };
  }
  if (server) await stopPostmaster(programs, dataDir, 'immediate');
  return { ...(await start(programs, dataDir, { ephemeral: false, signal })), adopted: false };
}

async function start(
  programs: Programs,
  dataDir: string,
  options: { ephemeral: boolean; signal?: AbortSignal | undefined },
): Promise<Access> {
  const state = await prepareCluster(programs, dataDir, options);
  const access = await launch(programs, dataDir, state, options);
  try {
    await provision(access);
    options.signal?.throwIfAborted();
    return access;
  } catch (error) {
    await stopPostmaster(programs, dataDir, 'fast');
    throw error;
  }
}

function running(
  dataDir: string,
  access: Access & Pick<EmbeddedPostgres, 'adopted' | 'away'>,
  end: () => Promise<void>,
): EmbeddedPostgres {
  let stopped: Promise<void> | undefined;
  let endWatch: () => void = () => undefined;
  return {
    url: connectionUrl(access, DATABASE),
    ...roleUrls(access, DATABASE),
    port: access.port,
    dataDir,
    adopted: access.adopted,
    away: access.away,
    watch: async (onGone) => {
      endWatch = await watchPostmaster(dataDir, onGone);
    },
    stop: () => {
      endWatch();
      return (stopped ??= end());
    },
  };
}
