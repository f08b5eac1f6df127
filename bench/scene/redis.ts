import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { steadyPort } from '../../tools/embedded-postgres/free-port.ts';
import { Refusal } from '../../tools/process/refusal.ts';
import { HERE, isInstalled, programPath } from '../../tools/start-system/programs.ts';
import { WITH_US } from '../machine/cores.ts';

const PROGRAM = 'redis-server';
const READY = 'Ready to accept connections';
const READY_TIMEOUT_MS = 30_000;
const WORDS_MAX = 4_096;

export interface BenchRedis {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * A Redis that keeps nothing on disk. Null where redis-server is not installed: npm brings none.
 * @throws Refusal with its last words, for one that is installed and does not start
 */
export async function benchRedis(): Promise<BenchRedis | null> {
  // Looked for beforehand: what is started is setpriv, which tells in a language of its own that it finds no program.
  if (!(await isInstalled(PROGRAM))) return null;
  const port = await steadyPort();
  const own = ['--bind', HERE, '--port', String(port), '--save', '', '--appendonly', 'no'];
  const [command = '', ...before] = WITH_US;
  const server = spawn(command, [...before, PROGRAM, ...own], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: programPath() },
  });
  const ended = once(server, 'exit').then(
    () => 'ended before it was ready',
    (error: unknown) => `could not be started: ${String(error)}`,
  );
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
  };
  try {
    await untilReady(server, ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `redis://${HERE}:${port}`, pid: server.pid ?? 0, stop };
}

type Server = ChildProcessByStdio<null, Readable, Readable>;

async function untilReady({ stdout, stderr }: Server, ended: Promise<string>): Promise<void> {
  const { promise: ready, resolve } = Promise.withResolvers<null>();
  let words = '';
  const hear = (chunk: Buffer): void => {
    words = (words + chunk.toString()).slice(-WORDS_MAX);
    if (words.includes(READY)) resolve(null);
  };
  // For as long as it runs: a pipe that nobody reads holds up who writes into it.
  for (const output of [stdout, stderr]) output.on('data', hear);
  const bound = new AbortController();
  const late = pause(READY_TIMEOUT_MS, 'was not ready in time', { signal: bound.signal });
  late.catch(() => undefined); // when it is called off
  const failure = await Promise.race([ready, ended, late]);
  bound.abort();
  if (failure !== null) throw new Refusal(`${PROGRAM} ${failure}. Its last words:\n${words}`);
}
