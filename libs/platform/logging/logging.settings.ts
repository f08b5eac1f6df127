import { ArrayMaxSize } from '#platform/validation';
import { OneOf, Setting, Settings, WholeNumber } from '#platform/config';

@Settings({ section: 'Logging', description: 'JSON lines on stdout; one line a request.' })
export class LoggingSettings {
  @Setting('LOG_LEVEL', { description: 'Least level that is written.', default: 'info' })
  @OneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
  readonly level!: string;

  @Setting('LOG_HEADERS', {
    description: 'Request headers whose value is logged. All others stay out of the log.',
    default: ['user-agent', 'content-type', 'content-length'],
  })
  @ArrayMaxSize(20)
  readonly headers!: string[];

  @Setting('LOG_QUERY', {
    description: 'Query parameters whose value is logged. All others are logged by name, as "[redacted]".',
    default: ['limit', 'sort', 'status', 'category', 'include'],
  })
  @ArrayMaxSize(50)
  readonly query!: string[];

  @Setting('LOG_REPEAT_MAX', {
    description:
      'Lines that say the same (level, message, error code, route and causes, apart from ids and numbers) that are ' +
      'written in one window; how many more there were is one line at its end. The line of a request is always ' +
      'written, and so is what is fatal. 0 bounds nothing.',
    default: 10,
  })
  @WholeNumber({ min: 0, max: 10_000 })
  readonly repeatMax!: number;

  @Setting('LOG_REPEAT_WINDOW_SECONDS', { description: 'Length of that window.', default: 10 })
  @WholeNumber({ min: 1, max: 3600 }, 'of seconds')
  readonly repeatWindowSeconds!: number;
}
