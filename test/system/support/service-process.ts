import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { spawnService, type ServiceOptions } from './spawn-service.js';

/** For starts that hang: one takes one to two seconds on a core of its own, and many times that on a busy machine. */
const START_TIMEOUT_MS = 40_000;
/** A refused connection is answered in no time: without a pause the probe's loop would take a core from the service. */
const PROBE_PAUSE_MS = 10;

export type { ServiceOptions };

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A built service in a process of its own, as production starts it, on free ports. */
export class ServiceProcess {
  /** Lines of stdout, as they came. */
  readonly stdout: string[] = [];
  /** Lines of stderr, as they came. */
  readonly stderr: string[] = [];
  /** The lines of stdout that are JSON, read. */
  readonly logs: LogLine[] = [];
  /** Resolves when it has ended and all that it wrote has been read. */
  readonly exited: Promise<Exit>;
  url = '';
  managementUrl = '';
  private ended = false;
  private readonly waiting = new Set<() => void>();

  private constructor(readonly child: ReturnType<typeof spawnService>) {
    this.exited = once(child, 'close').then(([code, signal]) => {
      this.ended = true;
      return { code: code as number | null, signal: signal as NodeJS.Signals | null };
    });
    createInterface(child.stdout).on('line', (line) => this.read(line));
    createInterface(child.stderr).on('line', (line) => this.stderr.push(line));
  }

  /** Resolves when it listens; it may not be ready yet. */
  static async start(options: ServiceOptions = {}): Promise<ServiceProcess> {
    const service = ServiceProcess.launch(options);
    await service.listening().catch(async (error: unknown) => {
      await service.stop();
      throw error;
    });
    return service;
  }

  /** At once: for starts that fail, and for what happens before it listens. */
  static launch(options: ServiceOptions = {}): ServiceProcess {
    return new ServiceProcess(spawnService(options));
  }

  /** A service that somebody else has started. */
  static watching(child: ReturnType<typeof spawnService>): ServiceProcess {
    return new ServiceProcess(child);
  }

  async listening(): Promise<void> {
    const { url, managementUrl } = await this.logged((line) => line.msg === 'listening', START_TIMEOUT_MS);
    this.url = String(url);
    this.managementUrl = String(managementUrl);
  }

  /** The first line, past or to come, that fits. */
  async logged(fits: (line: LogLine) => boolean, timeoutMs = 10_000): Promise<LogLine> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const found = this.logs.find(fits);
      if (found) return found;
      if (deadline.aborted || this.ended) throw new Error(`No such line came. The last ones:\n${this.lastLines()}`);
      await Promise.race([this.nextLine(), this.exited, once(deadline, 'abort')]);
    }
  }

  /** Resolves when the readiness probe answers 200. */
  async ready(timeoutMs = 10_000): Promise<this> {
    await this.probed('/health/ready', 200, timeoutMs);
    return this;
  }

  /** Asks a probe over and over until it answers with the status. */
  async probed(path: string, status: number, timeoutMs = 10_000): Promise<void> {
    const endsAtMs = performance.now() + timeoutMs;
    for (;;) {
      const answer = await fetch(this.managementUrl + path).catch(() => undefined);
      if (answer?.status === status) return;
      const last = `${path} answers ${answer?.status ?? 'nothing'}, not ${status}: ${await answer?.text()}`;
      if (performance.now() > endsAtMs) throw new Error(last);
      await delay(PROBE_PAUSE_MS);
    }
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** For clean-up: ends it whatever state it is in. */
  async stop(): Promise<void> {
    if (!this.ended) this.child.kill('SIGKILL');
    await this.exited;
  }

  private nextLine(): Promise<void> {
    return new Promise((resolve) => this.waiting.add(resolve));
  }

  private read(line: string): void {
    this.stdout.push(line);
    const parsed = parse(line);
    if (parsed) this.logs.push(parsed);
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private lastLines(): string {
    return [...this.stdout.slice(-5), ...this.stderr.slice(-15)].join('\n');
  }
}

/** A line that is no JSON stays in `stdout`, for the test that looks for such. */
function parse(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}
