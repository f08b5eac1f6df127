import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex, Readable } from 'node:stream';
import { withPipe } from '../../libs/platform/testing/pipe.ts';
import { Refusal } from '../../tools/process/refusal.ts';
import { pollUntil } from '../../tools/process/wait.ts';
import { onCores } from '../machine/cores.ts';
import { untilListening } from './listening.ts';
import { RequestLines } from './request-lines.ts';

const LINES_TIMEOUT_MS = 5_000;
const METRICS_TIMEOUT_MS = 30_000;
const WORDS_MAX = 4_096;

export interface ServerOptions {
  readonly name: string;
  /** The core that it has for itself. */
  readonly core: number;
  readonly cwd: string;
  /** What Node is given: flags, and the program. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** A server that is measured: alone on its core, and gone with us. It says where it listens in a line of JSON. */
export class ServerProcess {
  readonly name: string;
  url = '';
  managementUrl = '';
  spawnedAtMs = 0;
  readonly lines = new RequestLines();
  readonly #child: ChildProcess;
  readonly #stdout: Readable;
  readonly #ended: Promise<unknown>;
  #words = '';

  private constructor({ name, core, cwd, args, env }: ServerOptions) {
    this.name = name;
    const [command = '', ...before] = onCores([core]);
    const { child, stdout } = withPipe((writing) => {
      this.spawnedAtMs = performance.now();
      return spawn(command, [...before, process.execPath, ...args], {
        cwd,
        detached: true, // a terminal's Ctrl-C would reach it directly
        // The last one is for what a preload has to say.
        stdio: ['ignore', writing, 'pipe', 'pipe'],
        env: { PATH: process.env['PATH'], ...env },
      });
    });
    this.#child = child;
    this.#stdout = stdout;
    this.#ended = once(this.#child, 'exit').catch((error: unknown) => this.#remember(String(error)));
    this.#stdout.on('data', (chunk: Buffer) => this.lines.push(chunk));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#remember(chunk.toString()));
  }

  /** Resolves when it listens. @throws Refusal with its last words, when it ends before */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const server = new ServerProcess(options);
    try {
      const { url, managementUrl } = await untilListening(server.#stdout, server.#ended, (...words) =>
        server.#refusal(...words),
      );
      server.url = url;
      server.managementUrl = managementUrl;
      return server;
    } catch (error) {
      await server.kill();
      throw error;
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** To and from the preload that was given to it, if any. */
  get sideChannel(): Duplex {
    return this.#child.stdio[3] as Duplex;
  }

  /** Its metrics as text; the store's alone. */
  async metrics(): Promise<string> {
    const signal = AbortSignal.timeout(METRICS_TIMEOUT_MS);
    return (await fetch(`${this.managementUrl}/metrics`, { signal })).text();
  }

  /** Resolves when it has written a line for each of so many requests, or late; gives how many there are. */
  async linesFor(requests: number, timeoutMs = LINES_TIMEOUT_MS): Promise<number> {
    const enough = async () => (this.lines.count >= requests ? this.lines.count : null);
    await pollUntil(enough, { timeoutMs });
    return this.lines.count;
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null || this.pid === 0) return;
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #refusal(what: string, text: string): Refusal {
    return new Refusal(`${this.name} ${what}. Its last words:\n${(text + this.#words).slice(-WORDS_MAX)}`);
  }

  #remember(words: string): void {
    this.#words = (this.#words + words).slice(-WORDS_MAX);
  }
}
