import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { runOutsideRequest } from '#platform/context';
import { CacheTier } from './tier/cache-tier.js';

/** Keys whose end the tier has not been told of. Beyond it the oldest are given up: they end with their lifetimes. */
export const PENDING_MAX = 10_000;
/** In one removal, so that none takes long. */
const BATCH_MAX = 500;
const RETRY_MS = 500;

/**
 * Ends generations, for good: what the tier can't be told now, it is told as soon as it can be. Until then this replica
 * believes nothing that is kept under these keys; the others may, for as long as it lives.
 */
@Injectable()
export class Invalidations implements OnApplicationShutdown {
  private readonly logger = new Logger(Invalidations.name);
  /** Each with the number of its last failure: a removal that was begun before that one says nothing of it. */
  private readonly pending = new Map<string, number>();
  private failures = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly tier: CacheTier) {}

  get pendingCount(): number {
    return this.pending.size;
  }

  isPending(generationKey: string): boolean {
    return this.pending.size > 0 && this.pending.has(generationKey);
  }

  /**
   * Never fails: the change that it belongs to is done.
   * @param tell how the tier is told at first; later by a removal
   */
  async invalidate(
    generationKeys: readonly string[],
    tell = (): Promise<void> => this.tier.remove(generationKeys),
  ): Promise<void> {
    const before = this.failures;
    try {
      await tell();
      this.forget(generationKeys, before);
    } catch {
      this.remember(generationKeys);
    }
  }

  onApplicationShutdown(): void {
    clearTimeout(this.timer);
  }

  private remember(keys: readonly string[]): void {
    if (this.pending.size === 0) this.logger.warn('Caches could not be told of changes; it is tried until they are.');
    this.failures += 1;
    for (const key of keys) this.pending.set(key, this.failures);
    for (const oldest of this.pending.keys()) {
      if (this.pending.size <= PENDING_MAX) break;
      this.pending.delete(oldest);
    }
    this.timer ??= runOutsideRequest(() => setTimeout(() => void this.retry(), RETRY_MS).unref());
  }

  /** @param before the failures by the time at which the removal was begun: what came later is not among what it told */
  private forget(keys: readonly string[], before: number): void {
    if (this.pending.size === 0) return;
    for (const key of keys) {
      if ((this.pending.get(key) ?? 0) <= before) this.pending.delete(key);
    }
    if (this.pending.size === 0) this.logger.log('Caches have been told of all changes.');
  }

  /** One batch after the other for as long as they are taken; then it waits. */
  private async retry(): Promise<void> {
    this.timer = undefined;
    const { failures } = this;
    while (this.pending.size > 0 && this.failures === failures) {
      await this.invalidate([...this.pending.keys()].slice(0, BATCH_MAX));
    }
    if (this.pending.size > 0) this.timer ??= setTimeout(() => void this.retry(), RETRY_MS).unref();
  }
}
