import { Injectable } from '@nestjs/common';
import { RateLimitSettings } from './rate-limit.settings.js';
import { RateLimitStore, type Limit, type Quota } from './rate-limit-store.js';

/** A limit by its name, which clients see: kebab-case, so that it needs no escape in a header. */
export interface NamedLimit extends Limit {
  readonly name: string;
}

/** What became of one request under all the limits that hold for it. */
export interface Admission {
  /** The limit that refuses it, with the time until it may be tried again; null when it is let in. */
  readonly refusal: { readonly limit: NamedLimit; readonly retryAfterSeconds: number } | null;
  /** The fields `RateLimit-Policy` and `RateLimit`. */
  readonly policyField: string;
  readonly quotaField: string;
}

/**
 * Lets a caller in as often as the limits allow, and tells what is left in the fields of
 * draft-ietf-httpapi-ratelimit-headers-10: `"default";q=6000;w=60` and `"default";r=5999;t=60`.
 */
@Injectable()
export class RateLimiter {
  readonly default: NamedLimit | null;

  constructor(
    private readonly store: RateLimitStore,
    { max, windowSeconds }: RateLimitSettings,
  ) {
    this.default = max === 0 ? null : { name: 'default', max, windowSeconds };
  }

  /**
   * @param caller whom to count: a user or an address
   * @param own the route's own limit, which holds besides the default
   * @returns null where limits are turned off
   */
  async admit(caller: string, own?: NamedLimit): Promise<Admission | null> {
    if (!this.default) return null;
    const limits = own ? [own, this.default] : [this.default];
    const quotas: Quota[] = [];
    for (const limit of limits) {
      const quota = await this.store.take(keyOf(limit, caller), limit);
      quotas.push(quota);
      if (quota.exceeded) break; // what is refused by one is not counted by the next
    }
    return admissionOf(limits.slice(0, quotas.length), quotas);
  }

  /** Whether the caller would be refused by the default limit now. Nothing is counted. */
  async exhausted(caller: string): Promise<boolean> {
    return this.default !== null && (await this.store.peek(keyOf(this.default, caller), this.default)).exceeded;
  }
}

const keyOf = ({ name }: NamedLimit, caller: string): string => `${name}|${caller}`;

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));

function admissionOf(limits: readonly NamedLimit[], quotas: readonly Quota[]): Admission {
  const last = quotas.length - 1;
  const [limit, quota] = [limits[last], quotas[last]];
  return {
    refusal: limit && quota?.exceeded ? { limit, retryAfterSeconds: seconds(quota.resetMs) } : null,
    policyField: limits.map(({ name, max, windowSeconds }) => `"${name}";q=${max};w=${windowSeconds}`).join(', '),
    quotaField: quotas
      .map(({ remaining, resetMs }, index) => `"${limits[index]?.name}";r=${remaining};t=${seconds(resetMs)}`)
      .join(', '),
  };
}
