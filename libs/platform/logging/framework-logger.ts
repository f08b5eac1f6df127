import { Logger as NestPinoLogger, PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { pinoHttpOver } from './pino-http-options.js';

/** Nest tells of each module and each route at every start: thirty lines that nobody reads in production. */
const CHATTY_CONTEXTS: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
]);

/** Nest's own messages in the process's log from the first line on; those of the wiring at level debug. */
export class FrameworkLogger extends NestPinoLogger {
  static over(logger: Logger): FrameworkLogger {
    return new FrameworkLogger(new PinoLogger({ pinoHttp: pinoHttpOver(logger) }), {});
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (CHATTY_CONTEXTS.has(rest.at(-1))) this.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}
