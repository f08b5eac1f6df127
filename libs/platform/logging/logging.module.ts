import { Module, type DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import type { Logger } from 'pino';
import { pinoHttpOver } from './pino-http-options.js';

/**
 * nestjs-pino around the process's logger. Its middleware and its own request log are off: the request hook carries
 * the context at a quarter of the price, and sees the requests that no route answers.
 */
@Module({})
export class LoggingModule {
  static forRoot(logger: Logger): DynamicModule {
    return {
      module: LoggingModule,
      imports: [LoggerModule.forRoot({ pinoHttp: pinoHttpOver(logger), forRoutes: [] })],
    };
  }
}
