import { ArrayMaxSize, ArrayNotEmpty } from '#platform/validation';
import {
  Bytes,
  DurationMs,
  DurationSeconds,
  PositiveInteger,
  Setting,
  Settings,
  SettingsRule,
  Url,
  WholeNumber,
} from '#platform/config';
import { DatabaseSettings } from '#platform/postgres';
import { credentialsIn } from './connection/broker-address.js';

const STREAM_NAME = /^[A-Za-z0-9_-]{1,40}$/;
/** An even number tolerates no more losses than the odd one below it, and the server takes no more than five. */
const REPLICAS = [1, 3, 5];
const SERVERS_MAX = 16;
const SECONDS_PER_HOUR = 3_600;

@SettingsRule<NatsSettings>({
  variable: 'NATS_URL',
  rule: 'must not name different credentials for different servers',
  holds: ({ urls }) => urls === undefined || credentialsIn(urls).length <= 1,
})
@SettingsRule<NatsSettings>({
  variable: 'NATS_STREAM',
  rule: 'must be 1 to 40 letters, digits, hyphens and underscores',
  holds: ({ stream }) => STREAM_NAME.test(stream),
})
@SettingsRule<NatsSettings>({
  variable: 'NATS_STREAM_REPLICAS',
  rule: 'must be 1, 3 or 5',
  holds: ({ streamReplicas }) => REPLICAS.includes(streamReplicas),
})
@SettingsRule<NatsSettings>({
  variable: 'NATS_DUPLICATE_WINDOW_SECONDS',
  dependsOn: ['NATS_STREAM_MAX_AGE_HOURS'],
  rule: 'must not be longer than NATS_STREAM_MAX_AGE_HOURS',
  holds: (settings) => settings.duplicateWindowSeconds <= settings.streamMaxAgeHours * SECONDS_PER_HOUR,
})
@SettingsRule<NatsSettings>({
  variable: 'NATS_CONSUMER_CONCURRENCY',
  dependsOn: ['DATABASE_POOL_MAX'],
  rule: 'must be less than DATABASE_POOL_MAX: consumers would leave no connection to requests',
  holds: ({ urls, consumerConcurrency }, get) =>
    urls === undefined || consumerConcurrency < get(DatabaseSettings).poolMax,
})
@Settings({
  section: 'Broker',
  description:
    'NATS JetStream, by which services hear of each other. What a stream is made with holds when it is made: an ' +
    'existing one keeps its limits, because an operator may have changed them.',
})
export class NatsSettings {
  @Setting('NATS_URL', {
    description:
      'The broker, several servers of one cluster separated by commas; user and password, or a token alone, stand in ' +
      'the URL. Without it events go to the consumers in the process itself.',
    secret: true,
    type: 'list',
    example: 'nats://store:secret@localhost:4222',
  })
  @Url({ protocols: ['nats', 'tls'] }, { each: true })
  @ArrayNotEmpty()
  @ArrayMaxSize(SERVERS_MAX)
  readonly urls?: readonly string[];

  @Setting('NATS_STREAM', {
    description: 'The stream that holds the events of all services that hear of each other.',
    default: 'mainstay',
  })
  readonly stream!: string;

  @Setting('NATS_CONNECT_TIMEOUT_MS', {
    description: 'The longest wait for one server of the broker to let us in.',
    default: 2_000,
  })
  @DurationMs({ min: 100, max: 30_000 })
  readonly connectTimeoutMs!: number;

  @Setting('NATS_PING_INTERVAL_MS', {
    description: 'How often the broker is asked whether it is there. One that has fallen silent is left after three.',
    default: 3_000,
  })
  @DurationMs({ min: 100, max: 60_000 })
  readonly pingIntervalMs!: number;

  @Setting('NATS_PUBLISH_TIMEOUT_MS', {
    description:
      'The longest wait for the broker to confirm one event, or to answer a question about the stream. An event that ' +
      'was not confirmed is published again.',
    default: 2_000,
  })
  @DurationMs({ min: 100, max: 30_000 })
  readonly publishTimeoutMs!: number;

  @Setting('NATS_CONSUMER_CONCURRENCY', {
    description:
      'Events that run their handlers at one time, those of all consumers of this process together. Each holds a ' +
      'connection of the pool meanwhile: the greater part of DATABASE_POOL_MAX is for requests.',
    default: 4,
  })
  @PositiveInteger({ max: 100 })
  readonly consumerConcurrency!: number;

  @Setting('NATS_STREAM_REPLICAS', {
    description:
      'Servers that keep each event: 1, 3 or 5, and no more than the cluster has. 3 outlives the loss of one.',
    default: 1,
  })
  @WholeNumber({ min: 1, max: 5 })
  readonly streamReplicas!: number;

  @Setting('NATS_STREAM_MAX_AGE_HOURS', {
    description: 'How long the stream keeps an event: as long as a consumer may be away, weekends included.',
    default: 168,
  })
  @WholeNumber({ min: 1, max: 8_760 }, 'of hours')
  readonly streamMaxAgeHours!: number;

  @Setting('NATS_STREAM_MAX_BYTES', {
    description:
      'What the stream takes of the disk; the oldest events leave first. 1 GiB is a million events of 1 KiB.',
    default: 1_073_741_824,
  })
  @Bytes({ min: 1_048_576, max: 1_099_511_627_776 })
  readonly streamMaxBytes!: number;

  @Setting('NATS_DUPLICATE_WINDOW_SECONDS', {
    description:
      'How long the broker knows an event that is published again. It saves work; consumers know duplicates by themselves.',
    default: 120,
  })
  @DurationSeconds({ min: 1, max: 86_400 })
  readonly duplicateWindowSeconds!: number;
}
