import { DurationMs, DurationSeconds, PositiveInteger, Setting, Settings, SettingsRule } from '#platform/config';

const DAY_SECONDS = 86_400;

@SettingsRule<MessagingSettings>({
  variable: 'EVENT_RETRY_BASE_MS',
  dependsOn: ['EVENT_RETRY_MAX_MS'],
  rule: 'must not be longer than EVENT_RETRY_MAX_MS',
  holds: ({ retryBaseMs, retryMaxMs }) => retryBaseMs <= retryMaxMs,
})
@SettingsRule<MessagingSettings>({
  variable: 'INBOX_RETENTION_SECONDS',
  dependsOn: ['OUTBOX_RETENTION_SECONDS'],
  rule: 'must not be shorter than OUTBOX_RETENTION_SECONDS: a replay would be taken for news',
  holds: ({ inboxRetentionSeconds, outboxRetentionSeconds }) => inboxRetentionSeconds >= outboxRetentionSeconds,
})
@Settings({ section: 'Events', description: 'How events leave, how they are taken, and how long both are remembered.' })
export class MessagingSettings {
  @Setting('OUTBOX_POLL_MS', {
    description: 'The longest that a committed event waits until a relay looks for it unasked.',
    default: 500,
  })
  @DurationMs({ min: 50, max: 60_000 })
  readonly pollMs!: number;

  @Setting('OUTBOX_BATCH_MAX', { description: 'Most events that a relay takes at once.', default: 100 })
  @PositiveInteger({ max: 1_000 })
  readonly batchMax!: number;

  @Setting('OUTBOX_RETENTION_SECONDS', {
    description: 'So long events that were sent can be replayed.',
    default: 30 * DAY_SECONDS,
  })
  @DurationSeconds({ min: 60, max: 400 * DAY_SECONDS })
  readonly outboxRetentionSeconds!: number;

  @Setting('INBOX_RETENTION_SECONDS', {
    description:
      'So long a consumer knows an event that it has taken. Keep it above what the broker can deliver again.',
    default: 45 * DAY_SECONDS,
  })
  @DurationSeconds({ min: 60, max: 400 * DAY_SECONDS })
  readonly inboxRetentionSeconds!: number;

  @Setting('EVENT_TRIES_MAX', {
    description:
      'After so many failures an event is parked. What an absent broker or database makes fail is not counted.',
    default: 10,
  })
  @PositiveInteger({ max: 100 })
  readonly triesMax!: number;

  @Setting('EVENT_RETRY_BASE_MS', {
    description: 'Wait after the first failure of an event; it doubles with each further one.',
    default: 500,
  })
  @DurationMs({ min: 10, max: 3_600_000 })
  readonly retryBaseMs!: number;

  @Setting('EVENT_RETRY_MAX_MS', { description: 'The longest wait between two tries of an event.', default: 60_000 })
  @DurationMs({ min: 10, max: 3_600_000 })
  readonly retryMaxMs!: number;

  @Setting('EVENT_HANDLER_TIMEOUT_MS', {
    description: 'The longest that a consumer may take over one event.',
    default: 10_000,
  })
  @DurationMs({ min: 50, max: 20_000 })
  readonly handlerTimeoutMs!: number;
}
