/** Each bucket is so much wider than the one before: quantiles are right to two hundredths. */
const GROWTH = 1.02;
const LOG_GROWTH = Math.log(GROWTH);
/** Up to some 80 s, from a microsecond on. */
const BUCKETS = 920;
const MICROSECONDS_PER_MS = 1_000;

/** How long answers took, as counts: a list of all would grow with the run, and its collection would cost the load. */
export class Latencies {
  readonly #counts = new Uint32Array(BUCKETS);
  #total = 0;

  add(ms: number): void {
    const bucket = Math.floor(Math.log(Math.max(1, ms * MICROSECONDS_PER_MS)) / LOG_GROWTH);
    const index = Math.min(bucket, BUCKETS - 1);
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#total += 1;
  }

  /** In milliseconds; NaN while there are none. */
  quantile(share: number): number {
    let left = Math.max(1, Math.ceil(share * this.#total));
    for (const [index, count] of this.#counts.entries()) {
      left -= count;
      if (left <= 0) return GROWTH ** (index + 0.5) / MICROSECONDS_PER_MS;
    }
    return NaN;
  }
}
