import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Redis, RedisScript } from '#platform/redis';
import { MemoryRateLimitStore } from './memory-rate-limit-store.js';
import { RateLimitFallbacks } from './rate-limit-fallbacks.js';
import { RATE_LIMIT_SCRIPT } from './rate-limit-script.js';
import { RateLimitStore, type NamedLimit, type Quota } from './rate-limit-store.js';

const SCRIPT = new RedisScript(RATE_LIMIT_SCRIPT);
/** 128 bits: no two callers meet in one key by chance, nor by anybody's search. */
const CALLER_HASH_BYTES = 16;

/**
 * The limits that all replicas share: one script, one round trip, by the clock of Redis. A request that Redis gives no
 * answer for is decided by what this replica alone has counted.
 */
@Injectable()
export class RedisRateLimitStore extends RateLimitStore {
  constructor(
    private readonly redis: Redis,
    private readonly own: MemoryRateLimitStore,
    private readonly fallbacks: RateLimitFallbacks,
  ) {
    super();
  }

  override async take(caller: string, limits: readonly NamedLimit[]): Promise<readonly Quota[]> {
    try {
      const quotas = await this.run('rate-limit.take', 1, caller, limits);
      this.fallbacks.answered();
      return quotas;
    } catch (error) {
      this.fallbacks.fellBack(error);
      return this.own.take(caller, limits);
    }
  }

  /** While requests are counted here, because Redis is away or takes no writes, who is refused here counts as well. */
  override async peek(caller: string, limit: NamedLimit): Promise<Quota> {
    const quota = await this.shared(caller, limit);
    if (quota && (quota.exceeded || !this.fallbacks.underway)) return quota;
    return this.own.peek(caller, limit);
  }

  private async shared(caller: string, limit: NamedLimit): Promise<Quota | undefined> {
    try {
      const [quota] = await this.run('rate-limit.peek', 0, caller, [limit]);
      return quota;
    } catch {
      return undefined; // it is told of with the request that is counted next
    }
  }

  private async run(
    operation: string,
    cost: 0 | 1,
    caller: string,
    limits: readonly NamedLimit[],
  ): Promise<readonly Quota[]> {
    const keys = this.keysOf(caller, limits);
    const values = [cost, ...limits.flatMap(({ max, windowSeconds }) => [max, windowSeconds * 1_000])];
    const answer = await this.redis.call(operation, (client) => SCRIPT.run(client, keys, values.map(String)));
    return quotasIn(answer);
  }

  /**
   * All limits of a caller hash to one slot of a cluster. A caller, which is a person's id or address, does not appear:
   * its hash tells two apart, and no more.
   */
  private keysOf(caller: string, limits: readonly NamedLimit[]): string[] {
    const slot = `{${hash('sha256', caller, 'buffer').subarray(0, CALLER_HASH_BYTES).toString('base64url')}}`;
    return limits.map(({ name, windowSeconds }) => this.redis.key('rate-limit', slot, name, String(windowSeconds)));
  }
}

/** @throws TypeError when the answer is none of the script's */
function quotasIn(answer: unknown): readonly Quota[] {
  if (!Array.isArray(answer) || answer.length === 0) throw new TypeError('Redis gave no quotas.');
  return answer.map((quota: unknown) => {
    const [remaining, resetMs, refused] = Array.isArray(quota) ? (quota as unknown[]) : [];
    if (typeof remaining !== 'number' || typeof resetMs !== 'number') throw new TypeError('Redis gave no quota.');
    return { remaining, resetMs, exceeded: refused === 1 };
  });
}
