const ASK_INTERVAL_MS = 20;
const PATIENCE_MS = 5_000;

export interface LivenessReport {
  readonly asked: number;
  readonly slowestMs: number;
  /** What was answered other than 200, or why nothing was. */
  readonly failures: readonly string[];
}

/** Asks the liveness probe over and over until it is stopped: what must hold throughout a fault. */
export class LivenessWatch {
  private asked = 0;
  private slowestMs = 0;
  private readonly failures: string[] = [];
  private stopping = false;
  private readonly watching: Promise<void>;

  private constructor(private readonly managementUrl: string) {
    this.watching = this.watch();
  }

  static on(managementUrl: string): LivenessWatch {
    return new LivenessWatch(managementUrl);
  }

  async stop(): Promise<LivenessReport> {
    this.stopping = true;
    await this.watching;
    return { asked: this.asked, slowestMs: this.slowestMs, failures: this.failures };
  }

  private async watch(): Promise<void> {
    while (!this.stopping) {
      await this.ask();
      await new Promise((resolve) => setTimeout(resolve, ASK_INTERVAL_MS));
    }
  }

  private async ask(): Promise<void> {
    const startedAtMs = performance.now();
    const result = await statusOf(`${this.managementUrl}/health/live`);
    this.asked += 1;
    this.slowestMs = Math.max(this.slowestMs, performance.now() - startedAtMs);
    if (result !== '200' && this.failures.length < 100) this.failures.push(result);
  }
}

async function statusOf(url: string): Promise<string> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await answer.text();
    return String(answer.status);
  } catch (error) {
    return String(error);
  }
}
