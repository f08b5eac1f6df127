/** Sets gauges when the registry is read. Discovered: a provider that extends it is asked at each scrape. */
export abstract class MetricSource {
  abstract collect(): void;
}
