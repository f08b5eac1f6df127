import { Logger } from '@nestjs/common';
import type { LocalJWKSet } from 'jose';
import { createLocalJWKSet } from 'jose/jwks/local';
import { AppError } from '#kernel/app-error';
import type { Clock } from '#kernel/clock';
import { runOutsideRequest } from '#platform/context';
import { DependencyUnavailable } from '#platform/resilience';
import { keepingTrace } from '#platform/tracing';
import { keySetIn } from './key-set-document.js';
import type { KeySource } from './key-source.js';

/**
 * The issuer's key set as it was last, and the one fetch that renews it for all who wait. What can't be fetched, or
 * can't be read, leaves the last good one in its place.
 */
export class FetchedKeys {
  private readonly logger = new Logger(FetchedKeys.name);
  private fetching: Promise<void> | null = null;
  private lastGood: LocalJWKSet | null = null;
  private text = '';
  private loadedAtMs = -Infinity;
  private triedAtMs = -Infinity;
  private lastFailure: AppError | null = null;
  private changes = 0;

  constructor(
    private readonly source: KeySource,
    private readonly clock: Clock,
  ) {}

  /** The last good set, however old; null until there was one. */
  get set(): LocalJWKSet | null {
    return this.lastGood;
  }

  /** Grows whenever the set is another than before. */
  get version(): number {
    return this.changes;
  }

  /** Why the last fetch brought nothing; null when it did, and before there was one. */
  get failure(): AppError | null {
    return this.lastFailure;
  }

  get isFetching(): boolean {
    return this.fetching !== null;
  }

  /** Since the last good set was fetched; infinite where there is none. */
  get ageMs(): number {
    return this.nowMs() - this.loadedAtMs;
  }

  /** Since the last fetch began, whatever became of it. */
  get sinceFetchMs(): number {
    return this.nowMs() - this.triedAtMs;
  }

  /**
   * One fetch at a time, for nobody in particular: it doesn't end with the request that began it.
   * @throws AppError of kind `unavailable`
   */
  fetch(): Promise<void> {
    return (this.fetching ??= runOutsideRequest(keepingTrace(() => this.load())).finally(() => (this.fetching = null)));
  }

  private async load(): Promise<void> {
    this.triedAtMs = this.nowMs();
    try {
      this.take(await this.source.read());
      if (this.lastFailure) this.logger.log("The token issuer's keys are here again.");
      this.lastFailure = null;
    } catch (error) {
      // Once for an outage, and not for each attempt.
      if (!this.lastFailure) this.logger.warn({ err: error }, "The token issuer's keys can't be fetched.");
      this.lastFailure = error instanceof AppError ? error : new DependencyUnavailable('jwks', { cause: error });
      throw this.lastFailure;
    }
  }

  /** The same text keeps the set, which has its keys imported already. */
  private take(text: string): void {
    if (!this.lastGood || text !== this.text) {
      this.lastGood = createLocalJWKSet(keySetIn(text));
      this.text = text;
      this.changes += 1;
    }
    this.loadedAtMs = this.nowMs();
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
