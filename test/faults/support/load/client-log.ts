/** What became of one request. Times are of `performance.now()`. */
export interface Outcome {
  /** When it was due, not when a connection was free for it: a server that stalls can't hide the wait it causes. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** Null when no answer came, or not all of it. */
  readonly status: number | null;
  /** Why not: a system's code, `timeout`, or `saturated` when the client itself could take no more. */
  readonly error: string | null;
  readonly retryAfter: string | null;
}

export interface LoadSummary {
  readonly count: number;
  /** By status, or by error where there was none: `{ 200: 990, 503: 9, ECONNRESET: 1 }`. */
  readonly byResult: Readonly<Record<string, number>>;
  /** Answers of 2xx. */
  readonly goodputPerSecond: number;
  /** Of all, however they ended; 0 when there was none. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export const latencyMs = ({ startedAtMs, endedAtMs }: Outcome): number => endedAtMs - startedAtMs;
export const resultOf = ({ status, error }: Outcome): string => String(status ?? error);

/** Every outcome of a load, in the order of their ends. */
export class ClientLog {
  constructor(
    readonly outcomes: readonly Outcome[],
    readonly fromMs: number,
    readonly toMs: number,
  ) {}

  /** Of the requests that started in that time. */
  between(fromMs: number, toMs: number): ClientLog {
    const within = this.outcomes.filter(({ startedAtMs }) => startedAtMs >= fromMs && startedAtMs < toMs);
    return new ClientLog(within, fromMs, toMs);
  }

  since(fromMs: number): ClientLog {
    return this.between(fromMs, this.toMs);
  }

  /** Those that ended so: `with('503')`, `with('ECONNRESET')`. */
  with(result: string): ClientLog {
    return new ClientLog(
      this.outcomes.filter((outcome) => resultOf(outcome) === result),
      this.fromMs,
      this.toMs,
    );
  }

  summary(): LoadSummary {
    const latencies = Float64Array.from(this.outcomes, latencyMs).sort();
    const byResult: Record<string, number> = {};
    for (const outcome of this.outcomes) byResult[resultOf(outcome)] = (byResult[resultOf(outcome)] ?? 0) + 1;
    const good = this.outcomes.filter(({ status }) => status !== null && status >= 200 && status < 300).length;
    return {
      count: this.outcomes.length,
      byResult,
      goodputPerSecond: (good / Math.max(1, this.toMs - this.fromMs)) * 1_000,
      p50Ms: quantile(latencies, 0.5),
      p99Ms: quantile(latencies, 0.99),
      maxMs: latencies.at(-1) ?? 0,
    };
  }
}

/** Nearest rank. */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
