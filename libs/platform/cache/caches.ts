import { Injectable } from '@nestjs/common';
import { RedisSettings } from '#platform/redis';
import { CacheReports } from './cache-reports.js';
import type { CacheDeclaration } from './cache.declaration.js';
import { Cache } from './cache.js';
import { Invalidations } from './invalidations.js';
import { CacheTier } from './tier/cache-tier.js';

/** Every cache of the process. An adapter declares its own, once, where it is provided. */
@Injectable()
export class Caches {
  private readonly names = new Set<string>();

  constructor(
    private readonly settings: RedisSettings,
    private readonly tier: CacheTier,
    private readonly reports: CacheReports,
    private readonly invalidations: Invalidations,
  ) {}

  /**
   * @throws RangeError for a declaration that makes no sense
   * @throws Error when the name is taken: two shapes under one key would overwrite each other for ever
   */
  declare<T>(declaration: CacheDeclaration<T>): Cache<T> {
    if (this.names.has(declaration.name)) throw new Error(`The cache ${declaration.name} is declared twice.`);
    this.names.add(declaration.name);
    this.reports.declared(declaration.name);
    const { tier, reports, invalidations } = this;
    return new Cache(declaration, { prefix: `${this.settings.keyPrefix}:cache`, tier, reports, invalidations });
  }
}
