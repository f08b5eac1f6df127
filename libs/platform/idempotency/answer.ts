import type { FastifyReply } from 'fastify';
import type { AppError } from '#kernel/app-error';
import { PROBLEM_CONTENT_TYPE, problemOf } from '#platform/errors';

/** An answer as it goes over the wire. */
export interface Answer {
  readonly status: number;
  /** Those of {@link KEPT_HEADERS} that it has. */
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is no body. */
  readonly body: string;
  /** The `code` of the problem, where it is a refusal. */
  readonly errorCode: string | null;
}

/** What belongs to the work's answer. All else belongs to the exchange (rate limits, the request's id) and is made anew. */
const KEPT_HEADERS = ['content-type', 'etag', 'location'] as const;

/** In bytes: a row that is written with each request. An answer tells of one thing, and lists belong to reads. */
export const ANSWER_BYTES_MAX = 65_536;

const JSON_CONTENT_TYPE = 'application/json; charset=utf-8';

/**
 * The answer that a handler has prepared on the reply, with the text of its result: what is kept and what is sent is one
 * text, so that a replay can't differ by a byte.
 * @throws Error when the handler answers with what can't be kept: that is a mistake of the route's
 */
export function answerOf(reply: FastifyReply, result: unknown): Answer {
  const body = result === undefined ? '' : JSON.stringify(result);
  const bytes = Buffer.byteLength(body);
  if (bytes > ANSWER_BYTES_MAX) {
    throw new Error(`An idempotent route answers with at most ${ANSWER_BYTES_MAX} bytes, and these are ${bytes}.`);
  }
  if (body !== '') void reply.header('content-type', JSON_CONTENT_TYPE);
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = reply.getHeader(name);
    return value === undefined ? [] : [[name, String(value)] as const];
  });
  return { status: reply.statusCode, headers: Object.fromEntries(headers), body, errorCode: null };
}

/** The answer to a refusal, as the problem filter would give it. */
export function refusalOf({ request }: FastifyReply, refusal: AppError): Answer {
  const { requestId, traceId } = request.requestContext;
  const problem = problemOf(refusal, { url: request.url, requestId, traceId });
  return {
    status: problem.status,
    headers: { 'content-type': PROBLEM_CONTENT_TYPE },
    body: JSON.stringify(problem),
    errorCode: refusal.code,
  };
}

/** Makes the reply tell this answer, and nothing of what a handler has prepared besides. */
export function prepare(reply: FastifyReply, { status, headers, errorCode }: Answer): void {
  clear(reply);
  void reply.status(status).headers(headers);
  if (errorCode !== null) reply.request.requestContext.errorCode = errorCode;
}

/** Takes back what an earlier try has prepared. */
export function clear(reply: FastifyReply): void {
  for (const name of KEPT_HEADERS) reply.removeHeader(name);
}
