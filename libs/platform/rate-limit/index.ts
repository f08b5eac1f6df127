export { RateLimitModule } from './rate-limit.module.js';
export { RateLimitSettings, WINDOW_SECONDS_MAX } from './rate-limit.settings.js';
export { RateLimitStore, type Limit, type NamedLimit, type Quota } from './rate-limit-store.js';
export { RateLimited } from './rate-limited.error.js';
export { RateLimiter, type Admission } from './rate-limiter.js';
