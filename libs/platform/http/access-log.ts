import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { logLevelOf } from '#platform/errors';
import { loggedHeaders, loggedPath, loggedQuery, LoggingSettings } from '#platform/logging';
import { ResponseObserver, type ResponseOutcome } from './edge/response-observer.js';

/** One line for each answer, with what a person at 2 AM asks for and nothing that isn't theirs to see. */
@Injectable()
export class AccessLog extends ResponseObserver {
  private readonly allowedQuery: ReadonlySet<string>;
  private readonly allowedHeaders: readonly string[];

  constructor(
    private readonly logger: PinoLogger,
    settings: LoggingSettings,
  ) {
    super();
    this.allowedQuery = new Set(settings.query);
    this.allowedHeaders = settings.headers.map((name) => name.toLowerCase());
  }

  override responded({ method, route, status, durationMs, context, url, headers }: ResponseOutcome): void {
    this.logger.logger[logLevelOf(status)](
      {
        requestId: context.requestId,
        traceId: context.traceId,
        method,
        route,
        status,
        durationMs: Math.round(durationMs * 100) / 100,
        errorCode: context.errorCode,
        authenticationFault: context.authenticationFault,
        exceededLimit: context.exceededLimit,
        userId: context.caller?.id,
        clientAddress: context.clientAddress,
        path: loggedPath(url),
        query: loggedQuery(url, this.allowedQuery),
        headers: loggedHeaders(headers, this.allowedHeaders),
      },
      'request',
    );
  }
}
