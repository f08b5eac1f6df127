import { join } from 'node:path';
import { readMetrics, readSettledMetrics, type Sample } from '../../../test/system/support/metrics.ts';
import { pollUntil } from '../../process/wait.ts';
import { type Child, startChild } from '../../start-system/child.ts';
import { type Answer, ask, type Question } from './ask.ts';
import type { Log, LogLine } from './log.ts';

/** A start takes one to two seconds; the rest is for a machine that does something else. */
const START_TIMEOUT_MS = 40_000;
const GRACE_MS = 10_000;

export interface ReplicaOptions {
  /** The folder that has `dist`, `package.json` and `node_modules`. */
  readonly release: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: Log;
}

/** The built store in a process of its own, started as the README says for production, on free ports. */
export class Replica {
  readonly name: string;
  url = '';
  managementUrl = '';
  /** From its launch until it was ready, in milliseconds; NaN until then. */
  startedInMs = NaN;
  private readonly child: Child;
  private readonly log: Log;
  private end: string | undefined;
  private readonly launchedAtMs = performance.now();

  private constructor(name: string, child: Child, log: Log) {
    this.name = name;
    this.child = child;
    this.log = log;
    void child.ended.then((how) => (this.end = how));
  }

  static launch(name: string, { release, env, log }: ReplicaOptions): Replica {
    const telemetry = './dist/libs/platform/tracing/telemetry.js';
    const main = join('dist', 'apps', 'store', 'src', 'main.js');
    const args = ['--enable-source-maps', '--import', telemetry, main];
    const end = { signal: 'SIGTERM', graceMs: GRACE_MS } as const;
    return new Replica(name, startChild(name, { command: process.execPath, args, env, cwd: release }, end, log), log);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Whether its process has ended. */
  get isOver(): boolean {
    return this.end !== undefined;
  }

  /** How it ended: `code 0`, `signal SIGKILL`. */
  get ended(): Promise<string> {
    return this.child.ended;
  }

  get logs(): readonly LogLine[] {
    return this.log.of(this.name);
  }

  /** What it wrote, line by line. */
  get texts(): readonly string[] {
    return this.log.textsOf(this.name);
  }

  /** @throws Error with its last lines when it ends before */
  async listening(): Promise<this> {
    const { url, managementUrl } = await this.logged(({ msg }) => msg === 'listening', START_TIMEOUT_MS);
    this.url = String(url);
    this.managementUrl = String(managementUrl);
    return this;
  }

  async ready(timeoutMs = START_TIMEOUT_MS): Promise<this> {
    await this.listening();
    await this.probed('/health/ready', 200, timeoutMs);
    this.startedInMs = performance.now() - this.launchedAtMs;
    return this;
  }

  /** Asks the management port until it answers so, and gives the time that took. @throws Error with its last answer */
  async probed(path: string, status: number, timeoutMs: number): Promise<number> {
    const startedAtMs = performance.now();
    let last = 'nothing';
    const probe = async (): Promise<true | null> => {
      const answer = await this.manage(path).catch(() => null);
      last = answer ? `${answer.status} ${answer.text.slice(0, 300)}` : 'nothing';
      return answer?.status === status || null;
    };
    if (await pollUntil(probe, { timeoutMs })) return performance.now() - startedAtMs;
    throw new Error(`${path} of ${this.name} answers ${last} after ${timeoutMs} ms, not ${status}.`);
  }

  /** The first line, past or to come, that fits. @throws Error with the last lines where none comes */
  async logged(fits: (line: LogLine) => boolean, timeoutMs = 5_000): Promise<LogLine> {
    const find = (): LogLine | null => this.logs.find(fits) ?? null;
    const look = (): Promise<LogLine | 'ended' | null> =>
      Promise.resolve(find() ?? (this.end === undefined ? null : 'ended'));
    const found = await pollUntil(look, { timeoutMs });
    if (found !== null && found !== 'ended') return found;
    const how = this.end === undefined ? 'has not said so' : `has ended with ${this.end}`;
    throw new Error(`${this.name} ${how}. Its last lines:\n${this.log.lastOf(this.name)}`);
  }

  ask(path: string, question?: Question): Promise<Answer> {
    return ask(this.url + path, question);
  }

  manage(path: string): Promise<Answer> {
    return ask(this.managementUrl + path);
  }

  metrics(): Promise<readonly Sample[]> {
    return readMetrics(this.managementUrl);
  }

  /** When nothing is in flight: an answer is counted when it has left, which its reader may outrun. */
  settledMetrics(): Promise<readonly Sample[]> {
    return readSettledMetrics(this.managementUrl);
  }

  signal(name: NodeJS.Signals): void {
    this.child.signal(name);
  }

  /** Ends it at once. */
  async kill(): Promise<void> {
    this.child.kill();
    await this.child.ended;
  }
}
