import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { steadyPort } from '../../tools/embedded-postgres/free-port.ts';
import { WITH_US } from '../machine/cores.ts';
import { HERE, programPath } from '../../tools/start-system/programs.ts';

export interface BenchRedis {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A Redis that keeps nothing on disk. Null where redis-server is not installed: npm brings none. */
export async function benchRedis(): Promise<BenchRedis | null> {
  const port = await steadyPort();
  const own = ['--bind', HERE, '--port', String(port), '--save', '', '--appendonly', 'no'];
  const [command = '', ...before] = WITH_US;
  const server = spawn(command, [...before, 'redis-server', ...own], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, PATH: programPath() },
  });
  const ended = once(server, 'exit').catch(() => undefined);
  if (!(await isReady(server.stdout, ended))) return null;
  const stop = async (): Promise<void> => {
    server.kill('SIGKILL');
    await ended;
  };
  return { url: `redis://${HERE}:${port}`, pid: server.pid ?? 0, stop };
}

async function isReady(stdout: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<boolean> {
  const ready = new Promise<boolean>((resolve) => {
    createInterface(stdout).on('line', (line) => line.includes('Ready to accept connections') && resolve(true));
  });
  return Promise.race([ready, ended.then(() => false)]);
}
