import { ArrayMaxSize } from '#platform/validation';
import {
  BindAddress,
  Bytes,
  DurationMs,
  NetworkRanges,
  Origins,
  Port,
  Setting,
  Settings,
  SettingsRule,
  WholeNumber,
} from '#platform/config';

/** The public listener and its limits. The time-outs nest: what a load balancer waits is longer than what we wait. */
@SettingsRule<HttpSettings>({
  variable: 'HTTP_HEADERS_TIMEOUT_MS',
  dependsOn: ['HTTP_RECEIVE_TIMEOUT_MS'],
  rule: 'must not be longer than HTTP_RECEIVE_TIMEOUT_MS',
  holds: (settings) => settings.headersTimeoutMs <= settings.receiveTimeoutMs,
})
@Settings({ section: 'HTTP', description: 'The public listener and the limits on what it reads.' })
export class HttpSettings {
  @Setting('PORT', { description: 'Port of the public API. 0 takes a free one.', default: 3000 })
  @Port()
  readonly port!: number;

  @Setting('BIND_ADDRESS', { description: 'Address that the public API binds to.', default: '0.0.0.0' })
  @BindAddress()
  readonly host!: string;

  @Setting('REQUEST_TIMEOUT_MS', {
    description:
      'The deadline of a request, from when it has arrived whole to its answer: then 504, and nothing works for it any more. ' +
      'Shorter than what the load balancer in front waits.',
    default: 5000,
  })
  @DurationMs({ min: 50, max: 120_000 })
  readonly requestTimeoutMs!: number;

  @Setting('TRUST_PROXY', {
    description:
      'Addresses and CIDR ranges of the proxies whose X-Forwarded-For and x-request-timeout-ms are believed, and which a ' +
      'drain asks to close their connections only when no new ones are taken. None: nobody is.',
    default: [],
    example: '10.0.0.0/8,192.0.2.7',
  })
  @NetworkRanges()
  readonly trustProxy!: string[];

  @Setting('CORS_ORIGINS', {
    description:
      'Origins whose scripts may read the answers in a browser. None: no page may. There is no "*", because a list is ' +
      'what says who they are.',
    default: [],
    example: 'https://shop.example.com,https://admin.example.com',
  })
  @Origins()
  @ArrayMaxSize(50)
  readonly corsOrigins!: string[];

  @Setting('HTTP_BODY_LIMIT_BYTES', { description: 'Largest request body; beyond it 413.', default: 65_536 })
  @Bytes({ min: 1024, max: 10_485_760 })
  readonly bodyLimitBytes!: number;

  @Setting('HTTP_URL_LENGTH_MAX', { description: 'Longest request target; beyond it 414.', default: 4096 })
  @WholeNumber({ min: 256, max: 16_384 }, 'of characters')
  readonly urlLengthMax!: number;

  @Setting('HTTP_HEADERS_LIMIT_BYTES', {
    description: 'Size of the whole header section, request line included; beyond it 431.',
    default: 16_384,
  })
  @Bytes({ min: 4096, max: 65_536 })
  readonly headersLimitBytes!: number;

  @Setting('HTTP_HEADERS_TIMEOUT_MS', {
    description: 'Time for the headers of a request to arrive; then 408.',
    default: 10_000,
  })
  @DurationMs({ min: 500, max: 60_000 })
  readonly headersTimeoutMs!: number;

  @Setting('HTTP_RECEIVE_TIMEOUT_MS', {
    description: 'Time for a whole request, body included, to arrive; then 408.',
    default: 15_000,
  })
  @DurationMs({ min: 500, max: 120_000 })
  readonly receiveTimeoutMs!: number;

  @Setting('HTTP_KEEP_ALIVE_TIMEOUT_MS', {
    description: 'How long an idle connection is kept: longer than the idle time-out of the load balancer in front.',
    default: 72_000,
  })
  @DurationMs({ min: 1000, max: 600_000 })
  readonly keepAliveTimeoutMs!: number;
}
