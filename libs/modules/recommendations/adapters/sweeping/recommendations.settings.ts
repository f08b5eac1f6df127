import { DurationSeconds, Setting, Settings, SettingsRule } from '#platform/config';
import { MessagingSettings } from '#platform/messaging';

const DAY_SECONDS = 86_400;

@SettingsRule<RecommendationsSettings>({
  variable: 'RECOMMENDATIONS_PURCHASE_RETENTION_SECONDS',
  dependsOn: ['INBOX_RETENTION_SECONDS'],
  rule: 'must not be shorter than INBOX_RETENTION_SECONDS: what a replay tells again would be counted again',
  holds: ({ purchaseRetentionSeconds }, get) =>
    purchaseRetentionSeconds >= get(MessagingSettings).inboxRetentionSeconds,
})
@Settings({ section: 'Recommendations', description: 'How long it is remembered what was learned from.' })
export class RecommendationsSettings {
  @Setting('RECOMMENDATIONS_PURCHASE_RETENTION_SECONDS', {
    description:
      'So long it is remembered that a purchase was counted, and what it held. A cancellation that comes later takes ' +
      'nothing back. What was counted stays in any case.',
    default: 400 * DAY_SECONDS,
  })
  @DurationSeconds({ min: 60, max: 4_000 * DAY_SECONDS })
  readonly purchaseRetentionSeconds!: number;
}
