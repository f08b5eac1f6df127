import { DurationSeconds, Setting, Settings } from '#platform/config';

const HOUR_SECONDS = 3_600;

@Settings({
  section: 'Recommendations cache',
  description: 'What is bought together with a product, kept in Redis, or in memory without one.',
})
export class CompanionsCacheSettings {
  @Setting('RECOMMENDATIONS_CACHE_TTL_SECONDS', {
    description:
      'How long an answer is kept, give or take a tenth, where nobody hears of a change: replicas that share no Redis, and ' +
      '`npm run forget:recommendations`. All else is seen at once. 0 turns the cache off.',
    default: 5,
  })
  @DurationSeconds({ min: 0, max: HOUR_SECONDS })
  readonly ttlSeconds!: number;
}
