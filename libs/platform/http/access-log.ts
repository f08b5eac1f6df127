import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { logLevelOf, runbookFor } from '#platform/errors';
import {
  JsonLines,
  jsonMember,
  loggedHeaders,
  loggedPath,
  loggedQuery,
  LoggingSettings,
  redactSecrets,
  scrubbed,
  textMember,
} from '#platform/logging';
import { ResponseObserver, type ResponseOutcome } from './edge/response-observer.js';

/**
 * One line for each answer, with what a person at 2 AM asks for and nothing that isn't theirs to see. What the client has
 * written itself (its request id, path, query, headers) and what its token says is looked through for secrets; the rest are
 * words of the code.
 */
@Injectable()
export class AccessLog extends ResponseObserver {
  private readonly lines: JsonLines;
  private readonly allowedQuery: ReadonlySet<string>;
  private readonly allowedHeaders: readonly string[];

  constructor(logger: PinoLogger, settings: LoggingSettings) {
    super();
    this.lines = new JsonLines(logger.logger);
    this.allowedQuery = new Set(settings.query);
    this.allowedHeaders = settings.headers.map((name) => name.toLowerCase());
  }

  override responded(outcome: ResponseOutcome): void {
    const level = logLevelOf(outcome.context.errorCode, outcome.status);
    if (!this.lines.isEnabled(level)) return;
    this.lines.write(level, identity(outcome) + figures(outcome) + findings(outcome) + this.asked(outcome), 'request');
  }

  private asked({ url, headers }: ResponseOutcome): string {
    const query = loggedQuery(url, this.allowedQuery);
    return (
      textMember('path', scrubbed(loggedPath(url))) +
      jsonMember('query', query && redactSecrets(query)) +
      jsonMember('headers', redactSecrets(loggedHeaders(headers, this.allowedHeaders)))
    );
  }
}

function identity({ context, headers }: ResponseOutcome): string {
  const { requestId, traceId, spanId } = context;
  const isTheirs = headers['x-request-id'] === requestId;
  return `,"requestId":"${isTheirs ? scrubbed(requestId) : requestId}","traceId":"${traceId}"${textMember('spanId', spanId)}`;
}

function figures({ method, route, status, durationMs, context: { deadline, startedAtMs } }: ResponseOutcome): string {
  // Also after its end, which leaves no time to work but does not change when it would have been.
  const deadlineLeftMs = Math.max(0, Math.round(deadline.expiresAtMs - startedAtMs - durationMs));
  const duration = Math.round(durationMs * 100) / 100;
  return `${textMember('method', method)}${textMember('route', route)},"status":${status},"durationMs":${duration},"deadlineLeftMs":${deadlineLeftMs}`;
}

function findings({ context }: ResponseOutcome): string {
  const { errorCode, caller } = context;
  return (
    textMember('errorCode', errorCode) +
    textMember('runbook', errorCode && runbookFor(errorCode)) +
    jsonMember('degraded', context.degraded) +
    textMember('authenticationFault', context.authenticationFault) +
    textMember('exceededLimit', context.exceededLimit) +
    textMember('idempotency', context.idempotency) +
    textMember('userId', caller && scrubbed(caller.id)) +
    textMember('clientAddress', context.clientAddress)
  );
}
