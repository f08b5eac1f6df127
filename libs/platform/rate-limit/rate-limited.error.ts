import { appError } from '#kernel/app-error';
import type { Limit } from './rate-limit-store.js';

export class RateLimited extends appError({
  code: 'platform.rate-limited',
  kind: 'rate-limited',
  title: 'Too many requests',
  remedy: 'Wait for the number of seconds in Retry-After; RateLimit on each answer tells what is left.',
}) {
  constructor(
    { max, windowSeconds }: Limit,
    /** Whole seconds, at least 1. */
    readonly retryAfterSeconds: number,
  ) {
    super(`More than ${max} requests in ${windowSeconds} s.`);
  }
}
