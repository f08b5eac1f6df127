import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PinoLogger } from 'nestjs-pino';
import { AppError } from '#kernel/app-error';
import { ClientDisconnected } from '#platform/deadline';
import { asAppError, logLevelOf, MalformedRequest, STATUS_BY_KIND } from '#platform/errors';
import { AllowedMethods } from './edge/allowed-methods.js';
import { sendProblem } from './edge/send-problem.js';

/** Answers every error there is: a module's, the pipe's, the router's, the parser's and the unforeseen. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly allowedMethods: AllowedMethods,
    private readonly logger: PinoLogger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (thrown instanceof ClientDisconnected) return; // nobody is there, and the access log has told of it
    const error = this.errorOf(thrown, reply.request);
    const status = STATUS_BY_KIND[error.kind];
    if (status >= 500) this.logger[logLevelOf(status)]({ err: error }, 'request failed');
    sendProblem(reply, error);
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
