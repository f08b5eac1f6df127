import type { FastifyReply } from 'fastify';
import type { AppError } from '#kernel/app-error';
import { MethodNotAllowed, PROBLEM_CONTENT_TYPE, problemOf } from '#platform/errors';

/** Seconds after which a refused client may come back: spread, so that they don't all come back at once. */
const RETRY_AFTER_MIN_SECONDS = 1;
const RETRY_AFTER_MAX_SECONDS = 3;

/** What a handler may have set for the success that did not come. */
const HEADERS_OF_SUCCESS = ['etag', 'location', 'cache-control'];

/** Answers with the problem that tells of `error`, unless an answer is on its way already. */
export function sendProblem(reply: FastifyReply, error: AppError): void {
  const { request } = reply;
  const problem = problemOf(error, { url: request.url, ...request.requestContext });
  request.requestContext.errorCode = error.code;
  if (reply.sent) return;
  for (const name of HEADERS_OF_SUCCESS) reply.removeHeader(name);
  void reply.header('content-type', PROBLEM_CONTENT_TYPE);
  if (error instanceof MethodNotAllowed) void reply.header('allow', error.allowed.join(', '));
  if (error.transient) void reply.header('retry-after', String(retryAfterSeconds()));
  void reply.status(problem.status).send(JSON.stringify(problem));
}

const retryAfterSeconds = (): number =>
  RETRY_AFTER_MIN_SECONDS + Math.floor(Math.random() * (RETRY_AFTER_MAX_SECONDS - RETRY_AFTER_MIN_SECONDS + 1));
