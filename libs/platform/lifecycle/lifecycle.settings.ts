import { DurationMs, Setting, Settings, SettingsRule } from '#platform/config';

@SettingsRule<LifecycleSettings>({
  variable: 'DRAIN_DELAY_MS',
  dependsOn: ['SHUTDOWN_TIMEOUT_MS'],
  rule: 'must be shorter than SHUTDOWN_TIMEOUT_MS, which includes it',
  holds: ({ drainDelayMs, shutdownTimeoutMs }) => drainDelayMs < shutdownTimeoutMs,
})
@Settings({ section: 'Lifecycle', description: 'How the process starts and ends.' })
export class LifecycleSettings {
  @Setting('DRAIN_DELAY_MS', {
    description:
      'After SIGTERM the service is not ready but still serves for this long, so that load balancers can look away.',
    default: 5000,
  })
  @DurationMs({ min: 0, max: 60_000 })
  readonly drainDelayMs!: number;

  @Setting('SHUTDOWN_TIMEOUT_MS', {
    description:
      'From SIGTERM to the end at the latest, the drain delay included; then connections are cut and the exit code is 1. Last lines of the log that nobody reads take half a second more.',
    default: 25_000,
  })
  @DurationMs({ min: 1000, max: 300_000 })
  readonly shutdownTimeoutMs!: number;
}
