import { readMetrics, sampleOf } from '../../../system/support/metrics.js';

const SAMPLE_INTERVAL_MS = 25;

export interface Memory {
  readonly residentBytes: number;
  readonly heapUsedBytes: number;
}

/** What the process behind this management port uses now, by its own /metrics. */
export async function memoryOf(managementUrl: string): Promise<Memory> {
  const samples = await readMetrics(managementUrl);
  return {
    residentBytes: sampleOf(samples, 'process_resident_memory_bytes'),
    heapUsedBytes: sampleOf(samples, 'nodejs_heap_size_used_bytes'),
  };
}

/** The most of each that it used while the work was done, looked at every 25 ms. */
export async function peakMemoryDuring(managementUrl: string, work: () => Promise<unknown>): Promise<Memory> {
  let peak = await memoryOf(managementUrl);
  const done = new AbortController();
  const working = work().finally(() => done.abort());
  const watching = (async (): Promise<void> => {
    while (!done.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, SAMPLE_INTERVAL_MS));
      const now = await memoryOf(managementUrl);
      peak = {
        residentBytes: Math.max(peak.residentBytes, now.residentBytes),
        heapUsedBytes: Math.max(peak.heapUsedBytes, now.heapUsedBytes),
      };
    }
  })();
  await Promise.all([working, watching]);
  return peak;
}
