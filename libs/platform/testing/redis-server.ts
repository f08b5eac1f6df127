import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type Program, programPath } from './installed-program.js';
import { steadyPort } from './steady-port.js';

export const REDIS_SERVER: Program = { command: 'redis-server', debianPackage: 'redis-server' };

/** A start takes some 50 ms; the rest is for a machine that does something else. */
const START_TIMEOUT_MS = 10_000;
const READY = /Ready to accept connections/;

/** A Redis of a suite's own, which keeps nothing on disk, and may be stopped, killed and started again on its port. */
export class RedisServer {
  private server: ChildProcess | null = null;

  private constructor(
    private readonly port: number,
    private readonly configured: readonly string[],
  ) {}

  /** @param options as on the command line of redis-server: a configuration file, and `['--maxmemory', '4mb']` */
  static async start(options: readonly string[] = []): Promise<RedisServer> {
    const redis = new RedisServer(await steadyPort(), options);
    await redis.restart();
    return redis;
  }

  /** A port on which nothing listens, until {@link restart}: a Redis that isn't there yet. */
  static async absent(): Promise<RedisServer> {
    return new RedisServer(await steadyPort(), []);
  }

  /** The same after each restart. */
  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, also again after `stop`, with nothing in it. */
  async restart(): Promise<void> {
    const own = ['--bind', '127.0.0.1', '--port', String(this.port), '--save', '', '--appendonly', 'no'];
    const env = { ...process.env, PATH: programPath() };
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    const server = spawn(REDIS_SERVER.command, [...this.configured, ...own], { stdio: [...stdio], env });
    this.server = server;
    await ready(server);
  }

  /** Connections stay, new ones are let in, and nothing answers. */
  pause(): void {
    this.server?.kill('SIGSTOP');
  }

  resume(): void {
    this.server?.kill('SIGCONT');
  }

  /** Ends it at once, whatever state it is in. */
  async stop(): Promise<void> {
    const { server } = this;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGKILL');
    await ended;
    this.server = null;
  }
}

async function ready(server: ChildProcess): Promise<void> {
  const timer = setTimeout(() => server.kill('SIGKILL'), START_TIMEOUT_MS);
  const said: string[] = [];
  try {
    if (server.stdout === null) throw new Error('redis-server has no stdout.');
    const lines = createInterface(server.stdout);
    for await (const line of lines) {
      said.push(line);
      if (READY.test(line)) return;
    }
    throw new Error(`redis-server did not start:\n${said.join('\n')}`);
  } finally {
    clearTimeout(timer);
    server.stdout?.resume();
  }
}
