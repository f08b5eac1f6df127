import { DurationMs, OneOf, PositiveInteger, Ratio, Setting, Settings, SettingsRule, Url } from '#platform/config';
import { keyValuePairs } from './key-value-pairs.js';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
export type SamplerName = (typeof SAMPLERS)[number];

/** A header's value: visible characters, blanks between them (RFC 9110, 5.5). */
const HEADER_VALUE = /^[\x20-\x7e]*$/;
const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]+$/;

@SettingsRule<TracingSettings>({
  variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  rule: 'must not hold a user or a password: OTEL_EXPORTER_OTLP_HEADERS is for them',
  holds: ({ endpoint }) => endpoint === undefined || !hasCredentials(endpoint),
})
@SettingsRule<TracingSettings>({
  variable: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
  rule: 'must not hold a user or a password: OTEL_EXPORTER_OTLP_HEADERS is for them',
  holds: ({ tracesEndpoint }) => tracesEndpoint === undefined || !hasCredentials(tracesEndpoint),
})
@SettingsRule<TracingSettings>({
  variable: 'OTEL_EXPORTER_OTLP_HEADERS',
  rule: 'must be name=value pairs, separated by commas, the values percent-encoded',
  holds: ({ headers }) => headers === undefined || areHeaders(headers),
})
@SettingsRule<TracingSettings>({
  variable: 'OTEL_RESOURCE_ATTRIBUTES',
  rule: 'must be key=value pairs, separated by commas, the values percent-encoded',
  holds: ({ resourceAttributes }) => resourceAttributes === undefined || keyValuePairs(resourceAttributes) !== null,
})
@SettingsRule<TracingSettings>({
  variable: 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE',
  dependsOn: ['OTEL_BSP_MAX_QUEUE_SIZE'],
  rule: 'must not be more than OTEL_BSP_MAX_QUEUE_SIZE',
  holds: ({ batchMax, queueMax }) => batchMax <= queueMax,
})
@SettingsRule<TracingSettings>({
  variable: 'OTEL_BSP_EXPORT_TIMEOUT',
  dependsOn: ['OTEL_EXPORTER_OTLP_TIMEOUT'],
  rule: 'must not be shorter than OTEL_EXPORTER_OTLP_TIMEOUT',
  holds: ({ batchTimeoutMs, exportAttemptsTimeoutMs }) => batchTimeoutMs >= exportAttemptsTimeoutMs,
})
@Settings({
  section: 'Tracing',
  description:
    "OpenTelemetry's own variables, as far as this service reads them. Off without an end point. The process is started " +
    'with `--import ./dist/libs/platform/tracing/telemetry.js`: see docs/guides/tracing.md.',
})
export class TracingSettings {
  @Setting('OTEL_SDK_DISABLED', { description: 'Keeps tracing off, whatever else is set.', default: false })
  readonly disabled!: boolean;

  @Setting('OTEL_EXPORTER_OTLP_ENDPOINT', {
    description:
      'The OpenTelemetry collector, over HTTP; traces go to its path `v1/traces`. Without it nothing is traced.',
    example: 'http://localhost:4318',
  })
  @Url({ protocols: ['http', 'https'] })
  readonly endpoint?: string;

  @Setting('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', {
    description: 'Where traces go, with the whole path, in place of OTEL_EXPORTER_OTLP_ENDPOINT.',
    example: 'http://localhost:4318/v1/traces',
  })
  @Url({ protocols: ['http', 'https'] })
  readonly tracesEndpoint?: string;

  @Setting('OTEL_EXPORTER_OTLP_HEADERS', {
    description: 'Headers of each export, such as the key of a vendor: name=value, separated by commas.',
    secret: true,
    example: 'api-key=secret',
  })
  readonly headers?: string;

  @Setting('OTEL_EXPORTER_OTLP_PROTOCOL', {
    description: 'How spans are sent. There is one way.',
    default: 'http/protobuf',
  })
  @OneOf(['http/protobuf'])
  readonly protocol!: string;

  @Setting('OTEL_EXPORTER_OTLP_TIMEOUT', {
    description: 'The longest that one batch is tried to be sent, repetitions included, in milliseconds.',
    default: 10_000,
  })
  @DurationMs({ min: 100, max: 60_000 })
  readonly exportAttemptsTimeoutMs!: number;

  @Setting('OTEL_TRACES_SAMPLER', {
    description:
      'Which traces are recorded. `parentbased_…`: as the caller did, and by the rest of the name where a trace begins here.',
    default: 'parentbased_traceidratio',
    type: 'string',
  })
  @OneOf(SAMPLERS)
  readonly sampler!: SamplerName;

  @Setting('OTEL_TRACES_SAMPLER_ARG', {
    description: 'The share of traces that `traceidratio` records, 0 to 1. Failed requests are told of all the same.',
    default: 1,
  })
  @Ratio()
  readonly samplerRatio!: number;

  @Setting('OTEL_SERVICE_NAME', {
    description: 'What the service is called in traces. Without it, by its app: `store`, `recommender`.',
    example: 'store',
  })
  readonly serviceName?: string;

  @Setting('OTEL_RESOURCE_ATTRIBUTES', {
    description: 'What else is said of this process in traces: key=value, separated by commas.',
    example: 'deployment.environment.name=staging',
  })
  readonly resourceAttributes?: string;

  @Setting('OTEL_BSP_SCHEDULE_DELAY', {
    description: 'The longest that a span waits to be sent, in milliseconds.',
    default: 5_000,
  })
  @DurationMs({ min: 50, max: 60_000 })
  readonly batchDelayMs!: number;

  @Setting('OTEL_BSP_EXPORT_TIMEOUT', {
    description: 'When a batch is given up, and the next one begun, in milliseconds.',
    default: 30_000,
  })
  @DurationMs({ min: 100, max: 120_000 })
  readonly batchTimeoutMs!: number;

  @Setting('OTEL_BSP_MAX_QUEUE_SIZE', {
    description: 'Spans that wait at one time. Those beyond it are dropped, and counted.',
    default: 2_048,
  })
  @PositiveInteger({ max: 65_536 })
  readonly queueMax!: number;

  @Setting('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', {
    description: 'Spans that are sent together. Encoding 512 of them takes some milliseconds.',
    default: 512,
  })
  @PositiveInteger({ max: 8_192 })
  readonly batchMax!: number;

  /** Whether this process is to trace. */
  get wanted(): boolean {
    return !this.disabled && (this.endpoint ?? this.tracesEndpoint) !== undefined;
  }
}

/** @throws Error without an end point: ask {@link TracingSettings.wanted} before */
export function tracesUrlOf({
  endpoint,
  tracesEndpoint,
}: Pick<TracingSettings, 'endpoint' | 'tracesEndpoint'>): string {
  if (tracesEndpoint !== undefined) return tracesEndpoint;
  if (endpoint === undefined) throw new Error('Tracing has no end point.');
  return `${endpoint.replace(/\/$/, '')}/v1/traces`;
}

function hasCredentials(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && (parsed.username !== '' || parsed.password !== '');
}

function areHeaders(text: string): boolean {
  const pairs = keyValuePairs(text);
  if (pairs === null) return false;
  return Object.entries(pairs).every(([name, value]) => HEADER_NAME.test(name) && HEADER_VALUE.test(value));
}
