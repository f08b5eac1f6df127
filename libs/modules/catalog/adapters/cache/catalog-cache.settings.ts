import { DurationSeconds, Setting, Settings } from '#platform/config';

const DAY_SECONDS = 86_400;

@Settings({
  section: 'Catalog cache',
  description:
    'Products that are read one by one, kept in Redis, or in memory without one. A change is seen at once by all who share ' +
    'a Redis; the times below are what bounds it where Redis takes no writes, or where replicas share none.',
})
export class CatalogCacheSettings {
  @Setting('CATALOG_CACHE_TTL_SECONDS', {
    description: 'How long a product is kept before it is read anew, give or take a tenth. 0 turns the cache off.',
    default: 30,
  })
  @DurationSeconds({ min: 0, max: DAY_SECONDS })
  readonly ttlSeconds!: number;

  @Setting('CATALOG_CACHE_STALE_SECONDS', {
    description:
      'How long after that it is still shown, while it is read anew behind the scenes, or while the database is away.',
    default: 120,
  })
  @DurationSeconds({ min: 0, max: DAY_SECONDS })
  readonly staleSeconds!: number;
}
