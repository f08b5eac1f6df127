import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const PS_TIMEOUT_MS = 2_000;

/**
 * Tells one process from a later one that got the same number: null when no such process lives.
 * A pid alone is not enough: containers start counting at 1, so after a restart a stale pid is often somebody else's.
 * A zombie counts as dead: it holds nothing any more, and under a PID 1 that never reaps it stays for ever.
 */
export async function processIdentity(pid: number): Promise<string | null> {
  if (!mayBeAlive(pid)) return null;
  if (process.platform === 'linux') return linuxIdentity(pid);
  if (process.platform === 'win32') return 'alive';
  return (await ps(pid, 'lstart=')) || null;
}

export async function isAlive(pid: number): Promise<boolean> {
  return (await processIdentity(pid)) !== null;
}

/** The command line of a live process, null when it is gone or not ours to see. */
export async function commandLine(pid: number): Promise<string | null> {
  if (process.platform !== 'linux') return (await ps(pid, 'command=')) || null;
  const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return raw.replaceAll('\0', ' ').trim() || null;
}

/** State and start time from the text of /proc/<pid>/stat; the name in it may hold spaces and parentheses. */
export function parseProcStat(text: string): { state: string; startTicks: string } | null {
  const fields = text
    .slice(text.lastIndexOf(')') + 1)
    .trim()
    .split(/\s+/);
  // proc(5): after the name, `state` is field 3 and `starttime` field 22.
  const [state, startTicks] = [fields[0], fields[19]];
  return state && startTicks ? { state, startTicks } : null;
}

async function linuxIdentity(pid: number): Promise<string | null> {
  const stat = parseProcStat(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
  if (!stat || stat.state === 'Z' || stat.state === 'X') return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}:${stat.startTicks}`;
}

function mayBeAlive(pid: number): boolean {
  // kill(0) and kill(-n) would speak to whole groups.
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function ps(pid: number, column: string): Promise<string> {
  const asked = promisify(execFile)('ps', ['-ww', '-o', column, '-p', String(pid)], { timeout: PS_TIMEOUT_MS });
  return asked.then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
