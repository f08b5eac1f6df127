import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '../process/refusal.ts';
import { type ClusterState, writeState } from './cluster.ts';
import type { Access } from './connection.ts';
import { listenablePort, steadyPort } from './free-port.ts';
import { stopPostmaster } from './postmaster.ts';
import type { Programs } from './programs.ts';

const HOST = '127.0.0.1';
/** A start takes 0.1 s; recovery after a crash may take much longer. */
const START_SECONDS = 60;
const ATTEMPTS_MAX = 5;
const PAUSE_BETWEEN_ATTEMPTS_MS = 1_000;
const LOG_BYTES_MAX = 10 * 1024 * 1024;
const LOG_TAIL_BYTES = 4 * 1024;

const SETTINGS = {
  listen_addresses: HOST,
  // TCP alone: a socket's path may have 107 bytes, and a checkout's folder may be deeper.
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** For data that nobody will miss: a crash of the machine may lose it, and tests are several times faster. */
const EPHEMERAL_SETTINGS = {
  ...SETTINGS,
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '200',
};

/** Starts the server of a prepared folder on the port of the last run, or on another that is free. */
export async function launch(
  programs: Programs,
  dataDir: string,
  state: ClusterState,
  { ephemeral, signal }: { ephemeral: boolean; signal?: AbortSignal | undefined },
): Promise<Access> {
  const log = join(dataDir, 'server.log');
  await rotate(log);
  let port = await choosePort(state.port);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    const offset = await sizeOf(log);
    if (await pgCtlStart(programs, dataDir, { ...(ephemeral ? EPHEMERAL_SETTINGS : SETTINGS), port: String(port) })) {
      if (port !== state.port) await writeState(dataDir, { ...state, port });
      return { port, password: state.password };
    }
    const reason = await tail(log, offset);
    const again = attempt < ATTEMPTS_MAX && isPassing(reason);
    // pg_ctl gives up waiting without ending what it started.
    await stopPostmaster(programs, dataDir, 'immediate');
    if (!again) throw new Refusal(`Postgres did not start in ${dataDir}. Its log ends with:\n${reason}`);
    await pause(PAUSE_BETWEEN_ATTEMPTS_MS);
    port = await choosePort(port);
  }
}

/**
 * Whether the same start may succeed a moment later: somebody took the port between our look and the start, or the
 * children of a server that was killed have not noticed yet that they are orphans.
 */
export function isPassing(reason: string): boolean {
  return /could not bind|could not create any TCP\/IP sockets|pre-existing shared memory block/i.test(reason);
}

async function pgCtlStart(programs: Programs, dataDir: string, settings: Record<string, string>): Promise<boolean> {
  // pg_ctl hands these to a shell: nothing here may need quotes.
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const args = ['start', '-D', dataDir, '-l', join(dataDir, 'server.log'), '-w', '-t', String(START_SECONDS), '-s'];
  args.push('-o', options.join(' '));
  const outcome = await programs.run('pg_ctl', args, { timeoutMs: (START_SECONDS + 5) * 1000, cwd: dataDir });
  return outcome.code === 0;
}

async function choosePort(wanted: number | null): Promise<number> {
  return (wanted === null ? null : await listenablePort(wanted, HOST)) ?? steadyPort();
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function rotate(log: string): Promise<void> {
  if ((await sizeOf(log)) > LOG_BYTES_MAX) await rename(log, `${log}.1`);
}

/** What was written since `offset`, at most its last 4 KiB. */
async function tail(path: string, offset: number): Promise<string> {
  const from = Math.max(offset, (await sizeOf(path)) - LOG_TAIL_BYTES);
  const file = await open(path).catch(() => null);
  if (!file) return 'no log';
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(LOG_TAIL_BYTES), position: from });
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await file.close();
  }
}
