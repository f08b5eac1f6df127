import { readdirSync, readFileSync } from 'node:fs';

/** What all threads of a process have computed since its start, in nanoseconds. 0 for one that has ended. */
export function cpuNanosecondsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + ofThread(pid, thread), 0);
  } catch {
    return 0;
  }
}

/** The same by the names of its threads, as Node and V8 give them: `node-MainThread`, `node-V8Worker`, `libuv-worker`. */
export function cpuNanosecondsByThread(pid: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const name = nameOf(pid, thread);
    sums.set(name, (sums.get(name) ?? 0) + ofThread(pid, thread));
  }
  return sums;
}

/** The first thread runs the JavaScript, whatever it is called. */
export const MAIN_THREAD = 'main';

function nameOf(pid: number, thread: string): string {
  if (thread === String(pid)) return MAIN_THREAD;
  try {
    return readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8').trim();
  } catch {
    return ''; // it has ended in this very moment
  }
}

/**
 * What these processes compute from now on, in nanoseconds, each time that it is asked. What one had computed that has ended
 * since (a backend, a vacuum) is not known any more, and not counted.
 */
export function cpuSince(pids: readonly number[]): () => number {
  const before = pids.map((pid) => [pid, cpuNanosecondsOf(pid)] as const);
  return () => before.reduce((sum, [pid, then]) => sum + Math.max(0, cpuNanosecondsOf(pid) - then), 0);
}

function ofThread(pid: number, thread: string): number {
  try {
    const [nanoseconds = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    return Number(nanoseconds);
  } catch {
    return 0; // it has ended in this very moment
  }
}

/** A process and what it has started itself: a Postgres with the backend of each connection. */
export function withChildren(pid: number): readonly number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return [pid, ...all.map(Number).filter((other) => parentOf(other) === pid)];
}

/** proc(5): pid, name in parentheses, state, parent. The name may hold anything. */
function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return NaN;
  }
}
