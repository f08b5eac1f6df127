import { Global, Module } from '@nestjs/common';
import { RedisHealth } from './redis-health.js';
import { Redis } from './redis.js';

/** Once for the app. Without REDIS_URL it rests, and whoever needs it nevertheless is told that it is unavailable. */
@Global()
@Module({ providers: [Redis, RedisHealth], exports: [Redis] })
export class RedisModule {}
