/** Sets gauges when the registry is read. Discovered: a provider that extends it is asked at each scrape. */
export abstract class MetricSource {
  /** Whether it asks another process. What is in memory is read every few seconds besides, for the operations page. */
  readonly isRemote: boolean = false;

  /** Whatever it waits for has a bound far below the scraper's patience, and it rejects for no dependency that is away. */
  abstract collect(): void | Promise<void>;
}
