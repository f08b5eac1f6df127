import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

/** How often the process looks at itself. */
const SAMPLE_INTERVAL_MS = 250;
const RESOLUTION_MS = 10;
const NANOSECONDS_PER_MS = 1e6;

export interface LoadSample {
  /** Median delay of the event loop over a quarter of a second, beyond what was asked for: the lesser of the last two. */
  readonly eventLoopDelayMs: number;
  /** Heap in use, of what the process may use. */
  readonly heapRatio: number;
}

/** What is measured: the process, or a test's word. */
export interface Gauges {
  /** Since it was last asked. */
  medianDelayMs(): number;
  heapRatio(): number;
  stop(): void;
}

/**
 * How the process fares, sampled in the background. One long computation fills a whole sample with itself: only two late
 * samples in a row are an overload.
 */
export class LoadMonitor {
  private readonly timer: NodeJS.Timeout;
  private previousDelayMs = 0;

  /** @param tell is told of each sample */
  constructor(
    private readonly tell: (sample: LoadSample) => void,
    private readonly gauges: Gauges = processGauges(),
  ) {
    this.timer = setInterval(() => this.sample(), SAMPLE_INTERVAL_MS).unref();
  }

  sample(): void {
    const delayMs = this.gauges.medianDelayMs();
    this.tell({ eventLoopDelayMs: Math.min(delayMs, this.previousDelayMs), heapRatio: this.gauges.heapRatio() });
    this.previousDelayMs = delayMs;
  }

  stop(): void {
    clearInterval(this.timer);
    this.gauges.stop();
  }
}

function processGauges(): Gauges {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return {
    medianDelayMs: () => {
      const medianMs = histogram.percentile(50) / NANOSECONDS_PER_MS;
      histogram.reset();
      return Math.max(0, medianMs - RESOLUTION_MS);
    },
    heapRatio: () => {
      const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
      return used / limit;
    },
    stop: () => histogram.disable(),
  };
}
