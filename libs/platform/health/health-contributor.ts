export interface HealthState {
  readonly status: 'up' | 'degraded' | 'down';
  readonly [fact: string]: unknown;
}

/** One thing that the service's health depends on. Discovered: a provider that extends it is asked. */
export abstract class HealthContributor {
  /** The key in the reports: `database`. */
  abstract readonly name: string;

  /** What serving needs: from memory, or bounded to milliseconds. `down` keeps traffic away from this replica. */
  abstract readiness(): Promise<HealthState>;

  /** How it really is now, for people: may ask the dependency, within a bound. */
  abstract details(): Promise<HealthState>;
}
