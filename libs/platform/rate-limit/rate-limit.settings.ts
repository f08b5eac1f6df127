import { DurationSeconds, Setting, Settings, WholeNumber } from '#platform/config';

/** The longest window that a limit may have. */
export const WINDOW_SECONDS_MAX = 86_400;

@Settings({
  section: 'Rate limits',
  description:
    'How often one caller may ask: one user, or one client address where no user is known. With REDIS_URL all replicas ' +
    'count together, else, and while Redis is away, each counts alone.',
})
export class RateLimitSettings {
  @Setting('RATE_LIMIT_MAX', {
    description:
      'Requests of one caller in a window, all routes together; one more is answered with 429. A route may have a ' +
      'limit of its own besides. 0 turns all limits off.',
    default: 6_000,
  })
  @WholeNumber({ min: 0, max: 1_000_000_000 }, 'of requests')
  readonly max!: number;

  @Setting('RATE_LIMIT_WINDOW_SECONDS', {
    description: "The window: it begins with a caller's first request, and the count starts anew when it ends.",
    default: 60,
  })
  @DurationSeconds({ min: 1, max: WINDOW_SECONDS_MAX })
  readonly windowSeconds!: number;
}
