export { redisAdapter } from './redis-adapter.js';
export type { RedisClient } from './redis-client.js';
export { RedisModule } from './redis.module.js';
export { RedisScript } from './redis-script.js';
export { RedisSettings } from './redis.settings.js';
export { Redis, type RedisCallOptions } from './redis.js';
