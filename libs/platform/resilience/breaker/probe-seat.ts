import type { CircuitBreakerPolicy } from 'cockatiel';

/**
 * One of the probes that cockatiel counts in half-open. It knows two verdicts only, and takes an error that it
 * doesn't handle for a success: a caller that left would close the circuit. So a probe without a verdict tells nothing,
 * and its seat goes to the next call.
 */
export class ProbeSeat {
  private readonly verdict = Promise.withResolvers<void>();
  private readonly counted: Promise<void>;

  /** Taking the first seat makes an open circuit half-open. */
  constructor(policy: CircuitBreakerPolicy) {
    this.counted = policy.execute(() => this.verdict.promise).catch(() => undefined);
  }

  succeeded(): Promise<void> {
    this.verdict.resolve();
    return this.counted;
  }

  failed(error: unknown): Promise<void> {
    this.verdict.reject(error);
    return this.counted;
  }
}
