import { spawn, type ChildProcess } from 'node:child_process';

/** What is kept of a program's output: its end, where the reason of a failure stands. */
const OUTPUT_CHARACTERS_MAX = 64 * 1024;

export interface RunOptions {
  /** After this the program gets SIGKILL, in milliseconds. */
  readonly timeoutMs: number;
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The account to run as; absent for one's own. */
  readonly account?: { readonly uid: number; readonly gid: number } | null;
  /** Whether what the program starts itself ends with it, at the bound and by the signal: npm tells its scripts nothing. */
  readonly withDescendants?: boolean;
  /** Ends the program with SIGTERM. */
  readonly signal?: AbortSignal | undefined;
}

export interface Outcome {
  /** The exit code; null when a signal or the bound ended it. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** stdout and stderr together, the last 64 Ki characters. */
  readonly output: string;
}

/**
 * Runs a program to its end, within a bound. A non-zero exit is an outcome, not an error.
 * @throws what the signal was aborted with; the error of the system when the program can't be started
 */
export async function runProgram(file: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { cwd, env, account, signal, withDescendants = false } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      detached: withDescendants, // a group of its own
      ...(cwd && { cwd }),
      ...(env && { env }),
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    const end = (name: NodeJS.Signals) => (withDescendants ? endGroup(child, name) : void child.kill(name));
    let output = '';
    let timedOut = false;
    const keep = (chunk: string) => (output = (output + chunk).slice(-OUTPUT_CHARACTERS_MAX));
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    const bound = setTimeout(() => {
      timedOut = true;
      end('SIGKILL');
    }, options.timeoutMs);
    const interrupt = () => end('SIGTERM');
    signal?.addEventListener('abort', interrupt);
    const settled = () => {
      clearTimeout(bound);
      signal?.removeEventListener('abort', interrupt);
    };
    child.on('error', (error) => {
      settled();
      reject(error);
    });
    // Rejects only when the program has ended, so that whoever cleans up finds nobody at work.
    child.on('close', (code) => {
      settled();
      if (signal?.aborted) reject(signal.reason as Error);
      else resolve({ code, timedOut, output: output.trim() });
    });
  });
}

/** Windows knows no groups: there the program ends alone. */
function endGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || process.platform === 'win32') return void child.kill(name);
  try {
    process.kill(-child.pid, name);
  } catch {
    // All of it is gone already.
  }
}
