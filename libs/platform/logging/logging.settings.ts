import { ArrayMaxSize } from 'class-validator';
import { OneOf, Setting, Settings } from '#platform/config';

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
}
