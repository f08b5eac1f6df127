import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#kernel/app-error';
import { ClientDisconnected } from '#platform/deadline';
import { asAppError, MalformedRequest } from '#platform/errors';
import { AllowedMethods } from './edge/allowed-methods.js';
import { sendProblem } from './edge/send-problem.js';
import { FailureLog } from './failure-log.js';

/** Answers every error there is: a module's, the pipe's, the router's, the parser's and the unforeseen. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly allowedMethods: AllowedMethods,
    private readonly log: FailureLog,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (thrown instanceof ClientDisconnected) return; // nobody is there, and the access log has told of it
    const error = this.errorOf(thrown, reply.request);
    if (sendProblem(reply, error)) return;
    const { requestContext } = reply.request;
    // What ends because its time was over says nothing new.
    if (error !== requestContext.deadline.reason) this.log.late(requestContext, error);
  }

  private errorOf(thrown: unknown, { is404, method, url, raw }: FastifyRequest): AppError {
    // The framework's own words for it; a refusal of ours (a rate limit, a malformed request) comes before the route.
    if (is404 && !(thrown instanceof AppError)) return this.allowedMethods.refusalOf(method, url);
    return hasDeparted(raw) ? departed(thrown) : asAppError(thrown);
  }
}

/** The connection broke before the request was whole: no fault of ours, and nobody is there to be answered. */
const hasDeparted = (request: IncomingMessage): boolean => request.destroyed && !request.complete;

const departed = (cause: unknown) =>
  new MalformedRequest('The client went away before its request was whole.', { cause });
