import { Injectable } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { AppError } from '#kernel/app-error';
import { runInRequest, type RequestContext } from '#platform/context';
import { LEVEL_BY_KIND, runbookFor } from '#platform/errors';
import { ResponseObserver, type ResponseOutcome } from './edge/response-observer.js';
import { Overloaded } from './shedding/load-shedder.js';

/**
 * One line with the causes of each error that was answered and is not the client's affair, whoever has answered it: the
 * filter, the gate, or the sweep of what is stuck. Comes after the answer; the request's own line names the code, and has the
 * same request id.
 */
@Injectable()
export class FailureLog extends ResponseObserver {
  constructor(private readonly logger: PinoLogger) {
    super();
  }

  override responded({ context }: ResponseOutcome): void {
    // A shed request has no cause but the load, and there are thousands: its own line is enough.
    if (context.failure && !(context.failure instanceof Overloaded))
      this.tell(context, context.failure, 'request failed');
  }

  /** Of what was thrown when the answer was out, or nobody was there for it: no line of a request names its code. */
  late(context: RequestContext, error: AppError): void {
    this.tell(context, error, 'request failed after its answer');
  }

  private tell(context: RequestContext, error: AppError, message: string): void {
    const level = LEVEL_BY_KIND[error.kind];
    if (level === 'info') return;
    const fields = { errorCode: error.code, runbook: runbookFor(error.code), err: error };
    runInRequest(context, () => this.logger.logger[level](fields, message));
  }
}
