import { DurationSeconds, Setting, Settings } from '#platform/config';

const HOUR_SECONDS = 3_600;

@Settings({ section: 'Idempotency', description: 'How long the answers to requests with an Idempotency-Key are kept.' })
export class IdempotencySettings {
  @Setting('IDEMPOTENCY_RETENTION_SECONDS', {
    description:
      'For so long a repeated request gets the answer of the first one; after that it is carried out again. Longer than ' +
      'any client goes on trying.',
    default: 24 * HOUR_SECONDS,
  })
  @DurationSeconds({ min: 60, max: 30 * 24 * HOUR_SECONDS })
  readonly retentionSeconds!: number;
}
