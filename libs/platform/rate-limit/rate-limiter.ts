import { Injectable } from '@nestjs/common';
import { RateLimitSettings } from './rate-limit.settings.js';
import { RateLimitStore, type NamedLimit, type Quota } from './rate-limit-store.js';

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
  /** What holds on a route, by its own limit: as many as routes say, which are constants of the code. */
  private readonly policies = new Map<NamedLimit | undefined, Policy>();

  constructor(
    private readonly store: RateLimitStore,
    { max, windowSeconds }: RateLimitSettings,
  ) {
    this.default = max === 0 ? null : { name: 'default', max, windowSeconds };
  }

  /**
   * @param caller whom to count: a user or an address
   * @param own the route's own limit, which holds besides the default
   * @returns null where limits are turned off; at once where the store answers at once
   */
  admit(caller: string, own?: NamedLimit): Admission | null | Promise<Admission> {
    if (!this.default) return null;
    const policy = this.policyWith(this.default, own);
    const quotas = this.store.take(caller, policy.limits);
    return quotas instanceof Promise ? quotas.then((taken) => admission(policy, taken)) : admission(policy, quotas);
  }

  /** Whether the caller would be refused by the default limit now. Nothing is counted. */
  async exhausted(caller: string): Promise<boolean> {
    return this.default !== null && (await this.store.peek(caller, this.default)).exceeded;
  }

  private policyWith(shared: NamedLimit, own: NamedLimit | undefined): Policy {
    const known = this.policies.get(own);
    if (known) return known;
    const limits = own ? [own, shared] : [shared];
    const field = limits.map(({ name, max, windowSeconds }) => `"${name}";q=${max};w=${windowSeconds}`).join(', ');
    const policy = { limits, field };
    this.policies.set(own, policy);
    return policy;
  }
}

function admission({ limits, field }: Policy, quotas: readonly Quota[]): Admission {
  let quotaField = '';
  for (let index = 0; index < limits.length; index += 1) {
    const [limit, quota] = [limits[index], quotas[index]];
    if (!limit || !quota) break;
    const resetSeconds = seconds(quota.resetMs);
    quotaField += `${quotaField && ', '}"${limit.name}";r=${quota.remaining};t=${resetSeconds}`;
    if (quota.exceeded) return { refusal: { limit, retryAfterSeconds: resetSeconds }, policyField: field, quotaField };
  }
  return { refusal: null, policyField: field, quotaField };
}

interface Policy {
  readonly limits: readonly NamedLimit[];
  /** `RateLimit-Policy`, the same for each answer. */
  readonly field: string;
}

const seconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000));
