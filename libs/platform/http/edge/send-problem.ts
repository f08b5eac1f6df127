import type { FastifyReply } from 'fastify';
import type { AppError } from '#kernel/app-error';
import { PROBLEM_CONTENT_TYPE, problemOf } from '#platform/errors';
import { problemHeadersOf } from './problem-headers.js';

/** What a handler may have set for the success that did not come. */
const HEADERS_OF_SUCCESS = ['etag', 'location'];

/**
 * Answers with the problem that tells of `error`, unless an answer is on its way already, or nobody is there any more. The
 * log tells of its causes after the answer.
 * @returns whether it is the answer
 */
export function sendProblem(reply: FastifyReply, error: AppError): boolean {
  const { request } = reply;
  const { requestId, traceId } = request.requestContext;
  const problem = problemOf(error, { url: request.url, requestId, traceId });
  if (reply.sent || reply.raw.destroyed) return false;
  request.requestContext.errorCode = error.code;
  request.requestContext.failure = error;
  for (const name of HEADERS_OF_SUCCESS) reply.removeHeader(name);
  void reply.headers({
    'content-type': PROBLEM_CONTENT_TYPE,
    'cache-control': 'no-store', // a 404 may be cached unless it says so (RFC 9111, 4.2.2)
    ...problemHeadersOf(error),
  });
  void reply.status(problem.status).send(JSON.stringify(problem));
  return true;
}
