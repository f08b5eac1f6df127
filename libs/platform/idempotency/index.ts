export { Idempotent, type IdempotencyOptions } from './idempotent.decorator.js';
export { IdempotencyModule } from './idempotency.module.js';
export { IdempotencySettings } from './idempotency.settings.js';
