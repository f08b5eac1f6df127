import { DurationMs, Setting, Settings, SettingsRule, Url } from '#platform/config';

const KEY_PREFIX = /^[A-Za-z0-9_-]{1,40}$/;

@SettingsRule<RedisSettings>({
  variable: 'REDIS_KEY_PREFIX',
  rule: 'must be 1 to 40 letters, digits, hyphens and underscores',
  holds: ({ keyPrefix }) => KEY_PREFIX.test(keyPrefix),
})
@Settings({
  section: 'Redis',
  description:
    'What the replicas share and can do without: cached reads, rate limits, the count of clients. A Redis that is away ' +
    'costs milliseconds, and no errors.',
})
export class RedisSettings {
  @Setting('REDIS_URL', {
    description:
      'The Redis that all replicas share; with `rediss` over TLS. Without it each replica keeps what it would hold in ' +
      'its own memory: right for one replica only.',
    secret: true,
    example: 'redis://store:secret@localhost:6379/0',
  })
  @Url({ protocols: ['redis', 'rediss'] })
  readonly url?: string;

  @Setting('REDIS_COMMAND_TIMEOUT_MS', {
    description:
      'The longest wait for one answer of Redis, and for all of them together that one request asks for; a write has as ' +
      'much again for telling what it has changed.',
    default: 100,
  })
  @DurationMs({ min: 5, max: 5_000 })
  readonly commandTimeoutMs!: number;

  @Setting('REDIS_CONNECT_TIMEOUT_MS', {
    description: 'The longest wait for a connection to Redis.',
    default: 500,
  })
  @DurationMs({ min: 50, max: 10_000 })
  readonly connectTimeoutMs!: number;

  @Setting('REDIS_KEY_PREFIX', {
    description: 'How the names of all keys begin, so that several services may share one Redis.',
    default: 'mainstay',
  })
  readonly keyPrefix!: string;
}
