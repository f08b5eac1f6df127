import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { logLevelOf, runbookFor } from '#platform/errors';
import { LINE_OF_ITS_OWN, loggedHeaders, loggedPath, loggedQuery, LoggingSettings } from '#platform/logging';
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
    const { errorCode, deadline } = context;
    this.logger.logger[logLevelOf(errorCode, status)](
      {
        [LINE_OF_ITS_OWN]: true,
        requestId: context.requestId,
        traceId: context.traceId,
        spanId: context.spanId,
        method,
        route,
        status,
        durationMs: Math.round(durationMs * 100) / 100,
        // Also after its end, which leaves no time to work but does not change when it would have been.
        deadlineLeftMs: Math.max(0, Math.round(deadline.expiresAtMs - performance.now())),
        errorCode,
        runbook: errorCode && runbookFor(errorCode),
        degraded: context.degraded,
        authenticationFault: context.authenticationFault,
        exceededLimit: context.exceededLimit,
        idempotency: context.idempotency,
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
