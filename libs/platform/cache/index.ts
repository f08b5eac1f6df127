export { CacheReports, type CacheResult } from './cache-reports.js';
export type { CacheDeclaration, Lifetime } from './cache.declaration.js';
export { CacheModule } from './cache.module.js';
export { Cache } from './cache.js';
export { Caches } from './caches.js';
export { Invalidations } from './invalidations.js';
export { CacheTier } from './tier/cache-tier.js';
export { MemoryCacheTier } from './tier/memory-cache-tier.js';
