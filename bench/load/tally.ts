import type { Answer } from './answer-reader.ts';
import type { Expectation } from './expectation.ts';
import { Latencies } from './latencies.ts';
import type { Load, LoadResult } from './plan.ts';

const MICROSECONDS_PER_MS = 1_000;
const MS_PER_SECOND = 1_000;

/** What comes back during one run, and what it says. */
export class Tally {
  sent = 0;
  due = 0;
  readonly #load: Load;
  readonly #latencies = new Latencies();
  readonly #statuses: Record<string, number> = {};
  readonly #beganMs = performance.now();
  readonly #cpu = process.cpuUsage();
  readonly #bearable: ReadonlySet<number>;
  #answers = 0;
  #goodInTime = 0;
  #fault: string | null = null;

  constructor(load: Load) {
    this.#load = load;
    this.#bearable = new Set(load.bearable);
  }

  get elapsedMs(): number {
    return performance.now() - this.#beganMs;
  }

  /** Whether a further request may be sent. */
  get goesOn(): boolean {
    return this.#fault === null && this.elapsedMs < this.#load.durationMs;
  }

  answered(answer: Answer | Error, expectation: Expectation, sentAtMs: number): void {
    if (answer instanceof Error) return this.#fail(answer.message);
    this.#answers += 1;
    this.#statuses[answer.status] = (this.#statuses[answer.status] ?? 0) + 1;
    if (answer.status !== expectation.status && this.#bearable.has(answer.status)) return;
    const fault = expectation.fault(answer);
    if (fault !== null) return this.#fail(fault);
    const { countFromMs = 0, durationMs } = this.#load;
    const { elapsedMs } = this;
    if (elapsedMs < countFromMs) return;
    this.#latencies.add(performance.now() - sentAtMs);
    if (elapsedMs <= durationMs) this.#goodInTime += 1;
  }

  result(): LoadResult {
    const { countFromMs = 0, durationMs } = this.#load;
    const { user, system } = process.cpuUsage(this.#cpu);
    return {
      answers: this.#answers,
      goodPerSecond: (this.#goodInTime * MS_PER_SECOND) / (durationMs - countFromMs),
      statuses: this.#statuses,
      sent: this.sent,
      due: this.due,
      durationMs,
      p50Ms: this.#latencies.quantile(0.5),
      p99Ms: this.#latencies.quantile(0.99),
      loadBusy: (user + system) / MICROSECONDS_PER_MS / this.elapsedMs,
      fault: this.#fault,
    };
  }

  #fail(reason: string): void {
    this.#fault ??= reason;
  }
}
