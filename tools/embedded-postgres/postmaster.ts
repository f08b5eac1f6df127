import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine, isAlive } from '../process/process-identity.ts';
import { pollUntil } from '../process/wait.ts';
import { parsePostmasterPid, type PostmasterPid } from './postmaster-pid.ts';
import type { Programs } from './programs.ts';

/** A fast stop waits for a checkpoint; an immediate one for nothing. Seconds, as pg_ctl takes them. */
const FAST_STOP_SECONDS = 15;
/** Above the 5 s after which a postmaster kills children that don't heed an immediate stop. */
const IMMEDIATE_STOP_SECONDS = 8;
const KILLED_TIMEOUT_MS = 5_000;

/**
 * The live server of a data folder, null when none is. A pid file whose process is gone, or is something else by now,
 * is removed: Postgres itself would refuse to start over a pid that lives, whoever it is. (It keeps its second guard,
 * the shared memory that belongs to the folder.)
 */
export async function livePostmaster(dataDir: string): Promise<PostmasterPid | null> {
  const path = join(dataDir, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) return null;
  const found = parsePostmasterPid(text);
  if (found && (await isAlive(found.pid)) && (await serves(found.pid, dataDir))) return found;
  await rm(path, { force: true });
  return null;
}

/** A postmaster works in its data folder; where the system doesn't tell, its command line names the folder. */
async function serves(pid: number, dataDir: string): Promise<boolean> {
  const command = (await commandLine(pid)) ?? '';
  if (!command.includes('postgres')) return false;
  const folder = await realpath(dataDir);
  const workingDirectory = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  return workingDirectory === null
    ? command.includes(dataDir) || command.includes(folder)
    : workingDirectory === folder;
}

/**
 * Stops the server of the folder, if there is one: orderly, else at once, else by SIGKILL. Bounded to about 30 s.
 * @throws Error when it outlives even SIGKILL (a process that hangs in the kernel)
 */
export async function stopPostmaster(programs: Programs, dataDir: string, mode: 'fast' | 'immediate'): Promise<void> {
  const server = await livePostmaster(dataDir);
  if (!server) return;
  if (mode === 'fast' && (await pgCtlStop(programs, dataDir, 'fast', FAST_STOP_SECONDS))) return;
  // A server that was suspended (SIGSTOP, a debugger, a terminal) heeds no signal before this one.
  signalTo(server.pid, 'SIGCONT');
  if (await pgCtlStop(programs, dataDir, 'immediate', IMMEDIATE_STOP_SECONDS)) return;
  signalTo(server.pid, 'SIGKILL');
  const gone = async () => ((await isAlive(server.pid)) ? null : true);
  if (!(await pollUntil(gone, { timeoutMs: KILLED_TIMEOUT_MS }))) {
    throw new Error(`The Postgres process ${server.pid} of ${dataDir} does not end, not even by SIGKILL.`);
  }
  await rm(join(dataDir, 'postmaster.pid'), { force: true });
}

async function pgCtlStop(programs: Programs, dataDir: string, mode: string, seconds: number): Promise<boolean> {
  const args = ['stop', '-D', dataDir, '-m', mode, '-w', '-t', String(seconds), '-s'];
  const outcome = await programs.run('pg_ctl', args, { timeoutMs: (seconds + 2) * 1000, cwd: dataDir });
  return outcome.code === 0;
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile, which is what we want.
  }
}
