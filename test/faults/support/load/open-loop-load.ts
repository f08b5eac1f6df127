import { Pool } from 'undici';
import { ClientLog, type Outcome } from './client-log.js';

/** Enough for three times what a small machine carries, for half a minute; some 20 MB of log. */
const REQUESTS_MAX = 200_000;
const IN_FLIGHT_MAX = 5_000;
const TICK_MS = 5;

export interface LoadRequest {
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadOptions {
  /** Where the server is: scheme, host and port. */
  readonly url: string;
  /** The same one each time, or one for each number from 0. */
  readonly request: LoadRequest | ((index: number) => LoadRequest);
  readonly ratePerSecond: number;
  /** A test that waits for an event names the longest that it may take, and calls `stop`. */
  readonly durationMs: number;
  /** Kept alive. A request waits when all are busy, and that wait counts. */
  readonly connections?: number;
  /** The client's patience, from when the request was due. */
  readonly timeoutMs?: number;
}

/**
 * Requests that arrive at a constant rate, whether the server keeps up or not. Clients that wait for an answer before
 * they ask again (a closed loop) slow down with the server, and so never show an overload.
 */
export class OpenLoopLoad {
  /** Resolves when the last request has ended. */
  readonly finished: Promise<ClientLog>;
  private readonly outcomes: Outcome[] = [];
  private readonly pool: Pool;
  private readonly fromMs = performance.now();
  private readonly over = Promise.withResolvers<void>();
  private readonly timer: NodeJS.Timeout;
  private sent = 0;
  private readonly underway = new Set<Promise<void>>();
  private total: number;
  private toMs: number;

  private constructor(private readonly options: LoadOptions) {
    this.total = Math.round((options.ratePerSecond * options.durationMs) / 1_000);
    if (this.total > REQUESTS_MAX) throw new Error(`${this.total} requests are more than ${REQUESTS_MAX}.`);
    this.toMs = this.fromMs + options.durationMs;
    this.pool = new Pool(options.url, { connections: options.connections ?? 64, pipelining: 1 });
    this.timer = setInterval(() => this.sendDue(), TICK_MS);
    this.finished = this.over.promise.then(() => this.end());
  }

  static start(options: LoadOptions): OpenLoopLoad {
    return new OpenLoopLoad(options);
  }

  /** What has ended by now. */
  get soFar(): ClientLog {
    return new ClientLog(this.outcomes, this.fromMs, performance.now());
  }

  /** Resolves when so many requests have ended, or all of a load that is over. */
  async reached(count: number): Promise<void> {
    while (this.outcomes.length < count && !this.isDone) await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }

  /** Resolves when all requests that are due by now have ended. */
  async dueEnded(): Promise<void> {
    this.sendDue();
    await Promise.all(this.underway);
  }

  /** No further request is sent; resolves when those under way have ended. */
  stop(): Promise<ClientLog> {
    this.total = this.sent;
    this.toMs = Math.min(this.toMs, performance.now());
    this.endIfDone();
    return this.finished;
  }

  private sendDue(): void {
    const { ratePerSecond } = this.options;
    const due = Math.floor(((performance.now() - this.fromMs) / 1_000) * ratePerSecond) + 1;
    while (this.sent < Math.min(due, this.total)) {
      const index = this.sent++;
      const startedAtMs = this.fromMs + (index / ratePerSecond) * 1_000;
      if (this.underway.size >= IN_FLIGHT_MAX) this.note(startedAtMs, { error: 'saturated' });
      else this.send(index, startedAtMs);
    }
    this.endIfDone();
  }

  private send(index: number, startedAtMs: number): void {
    const end = this.exchange(index, startedAtMs).then((outcome) => {
      this.note(startedAtMs, outcome);
      this.underway.delete(end);
      this.endIfDone();
    });
    this.underway.add(end);
  }

  private async exchange(index: number, startedAtMs: number): Promise<Partial<Outcome>> {
    const { request, timeoutMs = 10_000 } = this.options;
    const { method = 'GET', path, headers = {}, body } = typeof request === 'function' ? request(index) : request;
    const patience = new AbortController();
    const giveUp = (): void => patience.abort(Object.assign(new Error('No answer in time.'), { code: 'timeout' }));
    const timer = setTimeout(giveUp, startedAtMs + timeoutMs - performance.now());
    try {
      const answer = await this.pool.request({ method, path, headers, body: body ?? null, signal: patience.signal });
      const retryAfter = answer.headers['retry-after'];
      for await (const chunk of answer.body) void chunk;
      return { status: answer.statusCode, retryAfter: retryAfter === undefined ? null : String(retryAfter) };
    } catch (error) {
      return { error: codeOf(error) };
    } finally {
      clearTimeout(timer);
    }
  }

  private note(startedAtMs: number, outcome: Partial<Outcome>): void {
    const nothing = { status: null, error: null, retryAfter: null };
    this.outcomes.push({ ...nothing, ...outcome, startedAtMs, endedAtMs: performance.now() });
  }

  private get isDone(): boolean {
    return this.sent >= this.total && this.underway.size === 0;
  }

  private endIfDone(): void {
    if (this.isDone) this.over.resolve();
  }

  private async end(): Promise<ClientLog> {
    clearInterval(this.timer);
    await this.pool.destroy();
    return new ClientLog(this.outcomes, this.fromMs, this.toMs);
  }
}

const codeOf = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? 'unknown';
};
