import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Program, programPath } from './installed-program.js';
import { steadyPort } from './steady-port.js';

export const NATS_SERVER: Program = { command: 'nats-server', debianPackage: 'nats-server' };

/** A start takes some 50 ms; the rest is for a machine that does something else. */
const START_TIMEOUT_MS = 10_000;
const READY = /Server is ready/;

/** A NATS server with JetStream of a suite's own, which it may stop, kill and start again on the same port and data. */
export class NatsServer {
  private server: ChildProcess | null = null;

  private constructor(
    private readonly port: number,
    private readonly folder: string,
    private readonly configured: readonly string[],
  ) {}

  /** @param config a file for what is not said here: address, port and data are the suite's own */
  static async start({ config }: { readonly config?: string } = {}): Promise<NatsServer> {
    const folder = await mkdtemp(join(tmpdir(), 'nats-server-'));
    const nats = new NatsServer(await steadyPort(), folder, config === undefined ? [] : ['-c', config]);
    await nats.restart();
    return nats;
  }

  /** The same after each restart. */
  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  /** Starts it again, after `down` or `kill`, with what it had stored. */
  async restart(): Promise<void> {
    const args = [...this.configured, '-js', '-sd', this.folder, '-a', '127.0.0.1', '-p', String(this.port)];
    const env = { ...process.env, PATH: programPath() };
    const server = spawn(NATS_SERVER.command, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
    this.server = server;
    await this.ready(server);
  }

  /** Ends it in order: it hangs up on its clients, and writes down what it knows. */
  down(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Ends it at once. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Connections stay, new ones are let in, and nothing answers. */
  pause(): void {
    this.server?.kill('SIGSTOP');
  }

  resume(): void {
    this.server?.kill('SIGCONT');
  }

  /** Ends it and deletes its data, whatever state it is in. */
  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { server } = this;
    if (server === null || server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
    this.server = null;
  }

  private async ready(server: ChildProcess): Promise<void> {
    const timer = setTimeout(() => server.kill('SIGKILL'), START_TIMEOUT_MS);
    const said: string[] = [];
    try {
      if (server.stderr === null) throw new Error('nats-server has no stderr.');
      for await (const line of createInterface(server.stderr)) {
        said.push(line);
        if (READY.test(line)) return;
      }
      throw new Error(`nats-server did not start:\n${said.join('\n')}`);
    } finally {
      clearTimeout(timer);
      server.stderr?.resume();
    }
  }
}
