// What imports node-redis, and nothing else does: it is loaded where a Redis is configured.
export { redisClient } from './redis-client.js';
export { redisFailure } from './redis-failure.js';
