import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { describeEnd } from '../start/service.ts';
import type { Output } from './output.ts';

export interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** How docker-compose.yml has a container end. */
export interface End {
  readonly signal: NodeJS.Signals;
  /** After this it is killed, in milliseconds. */
  readonly graceMs: number;
}

/** A process of the system. */
export interface Child {
  /** Undefined when it could not be started. */
  readonly pid: number | undefined;
  /** How it ended: `code 7`, `signal SIGKILL`. Never rejects. */
  readonly ended: Promise<string>;
  /** Asks it to end, and waits for it: in order as far as its grace goes. */
  stop(): Promise<void>;
  /** Ends it and all it has started, now. */
  kill(): void;
  /** Sends it a signal, if it is still there. */
  signal(name: NodeJS.Signals): void;
}

/** Who hears what a process says. */
export type LineSink = Pick<Output, 'line'>;

/**
 * The system's processes must not outlive the tool, even when that is killed without a chance to say so: then the kernel
 * tells them (prctl(2), PR_SET_PDEATHSIG), over a program of util-linux, which every Debian has.
 */
const BOUND_TO_US = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'TERM', '--'] : [];

/** Starts a process whose lines go to the output. */
export function startChild(name: string, program: Program, end: End, output: LineSink): Child {
  const [command = '', ...args] = [...BOUND_TO_US, program.command, ...program.args];
  const child = spawn(command, args, {
    cwd: program.cwd,
    env: program.env,
    // Its own process group: a terminal's Ctrl-C would reach it directly, and take the order away.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => output.line(name, line));
  }
  let isOver = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(describeEnd(code ?? 128 + (signal ? constants.signals[signal] : 0))));
  }).finally(() => (isOver = true));
  const kill = (): void => {
    if (!isOver) killGroup(child.pid);
  };
  const stop = async (): Promise<void> => {
    if (!isOver) child.kill(end.signal);
    const bound = setTimeout(kill, end.graceMs);
    await ended;
    clearTimeout(bound);
  };
  let stopped: Promise<void> | undefined;
  const signal = (name: NodeJS.Signals): void => {
    if (!isOver) child.kill(name);
  };
  return { pid: child.pid, ended, stop: () => (stopped ??= stop()), kill, signal };
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in this very moment.
  }
}
