import { DurationMs, DurationSeconds, Setting, Settings, SettingsPair, SettingsRule, Url } from '#platform/config';

const WAIT = { min: 10, max: 10_000 };

@SettingsRule<RecommenderSettings>({
  variable: 'RECOMMENDER_URL',
  rule: 'must have no user name, password, query or fragment: none would be sent',
  holds: ({ url }) => url === undefined || isAddressAndPath(new URL(url)),
})
@SettingsPair({
  variable: 'RECOMMENDER_URL',
  partner: 'NATS_URL',
  otherwise: 'the recommender does not hear of orders, which are told in this process alone',
})
@Settings({
  section: 'Recommender',
  description: 'Who says what goes with a product, and how long a page waits for it.',
})
export class RecommenderSettings {
  @Setting('RECOMMENDER_URL', {
    description: 'The recommender service. Without it the same module answers inside this process.',
    example: 'http://recommender:3000',
  })
  @Url({ protocols: ['http', 'https'] })
  readonly url?: string;

  @Setting('RECOMMENDER_TIMEOUT_MS', {
    description: 'The longest that a page waits for the recommender, all attempts together.',
    default: 300,
  })
  @DurationMs(WAIT)
  readonly timeoutMs!: number;

  @Setting('RECOMMENDER_ATTEMPT_TIMEOUT_MS', {
    description:
      'The longest that one attempt takes, its whole answer included; never longer than RECOMMENDER_TIMEOUT_MS.',
    default: 150,
  })
  @DurationMs(WAIT)
  readonly attemptTimeoutMs!: number;

  @Setting('RECOMMENDER_PRODUCTS_TIMEOUT_MS', {
    description:
      'The longest, after that, for reading the recommended products from the catalog, or the bestsellers in their place.',
    default: 200,
  })
  @DurationMs(WAIT)
  readonly productsTimeoutMs!: number;

  @Setting('RECOMMENDER_STALE_SECONDS', {
    description: 'So long the last good answer of a product is shown while the recommender is away.',
    default: 3_600,
  })
  @DurationSeconds({ min: 0, max: 604_800 })
  readonly staleSeconds!: number;
}

const isAddressAndPath = ({ username, password, search, hash }: URL): boolean =>
  [username, password, search, hash].every((part) => part === '');
