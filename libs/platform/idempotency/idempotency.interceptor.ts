import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { answerOf, clear, prepare, refusalOf } from './answer.js';
import { outcomeOf } from './idempotency-outcome.js';
import { keyedRequestOf } from './keyed-request.js';
import { OnceOnly, type GivenAnswer, type Work } from './once-only.js';

/**
 * Stands before a handler and its pipes: a repeated request gets the first one's answer, and neither runs. The unit of
 * work begins here, so that the record is kept with the changes of the use case, which joins it.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly onceOnly: OnceOnly) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<string | undefined>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    try {
      const { answer, outcome } = await this.given(request, workOf(reply, next));
      request.requestContext.idempotency = outcome;
      prepare(reply, answer);
      return of(answer.body === '' ? undefined : answer.body);
    } catch (error) {
      request.requestContext.idempotency = outcomeOf(error);
      throw error;
    }
  }

  private async given(request: FastifyRequest, work: Work): Promise<GivenAnswer> {
    const { isolation = 'read committed' } = request.routeOptions.config.idempotency ?? {};
    return this.onceOnly.answer(keyedRequestOf(request), work, isolation);
  }
}

/** Each try begins with the reply as Nest gave it to us: with the route's status, and nothing of a handler's. */
function workOf(reply: FastifyReply, next: CallHandler): Work {
  const { statusCode } = reply;
  return {
    carryOut: async () => {
      clear(reply);
      reply.status(statusCode);
      return answerOf(reply, await lastValueFrom(next.handle(), { defaultValue: undefined }));
    },
    refusal: (refused) => refusalOf(reply, refused),
  };
}
