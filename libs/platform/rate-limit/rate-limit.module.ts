import { Global, Module } from '@nestjs/common';
import { MemoryRateLimitStore } from './memory-rate-limit-store.js';
import { RateLimitStore } from './rate-limit-store.js';
import { RateLimiter } from './rate-limiter.js';

/** How often one caller may ask. The edge (`platform/http`) asks it for each request. */
@Global()
@Module({
  providers: [{ provide: RateLimitStore, useClass: MemoryRateLimitStore }, RateLimiter],
  exports: [RateLimiter],
})
export class RateLimitModule {}
