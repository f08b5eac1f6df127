import { HttpException } from '@nestjs/common';
import { AppError } from '#kernel/app-error';
import {
  BodyTooLarge,
  HeadersTooLarge,
  InternalError,
  MalformedRequest,
  RequestTimedOut,
  RouteNotFound,
  ServiceUnavailable,
  UnsupportedMediaType,
  UriTooLong,
} from './edge.errors.js';

type Translate = (cause: unknown) => AppError;

/** What the framework says by status, in our words: its own messages may repeat what the client sent. */
const BY_STATUS: Readonly<Record<number, Translate>> = {
  400: (cause) => new MalformedRequest('The request is not well-formed.', { cause }),
  404: () => new RouteNotFound(),
  408: (cause) => new RequestTimedOut('The request did not arrive in time.', { cause }),
  413: (cause) => new BodyTooLarge('The body is larger than this service reads.', { cause }),
  414: (cause) => new UriTooLong('The URL, or a parameter in it, is longer than this service reads.', { cause }),
  415: (cause) => new UnsupportedMediaType({ cause }),
  431: (cause) => new HeadersTooLarge('The header fields are larger than this service reads.', { cause }),
  503: (cause) => new ServiceUnavailable('The service cannot answer now.', { cause }),
};

/**
 * Any thrown value as an {@link AppError}: ours as it is, the framework's by its status, all else an
 * {@link InternalError} whose cause goes to the log and never to the client.
 */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const translate = BY_STATUS[frameworkStatusOf(thrown)];
  return translate ? translate(thrown) : new InternalError('The service failed to answer.', { cause: thrown });
}

/** Only Nest's and Fastify's own errors are believed: a `statusCode` on a stranger (an HTTP client's, say) is not ours. */
function frameworkStatusOf(thrown: unknown): number {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && 'code' in thrown) {
    const fromFastify = typeof thrown.code === 'string' && thrown.code.startsWith('FST_');
    return fromFastify && typeof thrown.statusCode === 'number' ? thrown.statusCode : 0;
  }
  return 0;
}
