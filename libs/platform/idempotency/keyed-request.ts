import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { canonicalJson } from './canonical-json.js';
import { idempotencyKeyIn } from './idempotency-key.js';

/** What one key of one caller on one route stands for. */
export interface KeyedRequest {
  /** SHA-256 of caller, method, route and key, in hexadecimal. The key itself is kept nowhere: it may be a secret. */
  readonly id: string;
  /** SHA-256 of what was asked for under the key, in hexadecimal: body, path parameters and query. */
  readonly fingerprint: string;
  readonly callerId: string;
  readonly method: string;
  /** The template: `/v1/products/:id`. */
  readonly route: string;
  readonly requestId: string;
}

/**
 * @throws IdempotencyKeyRequired, IdempotencyKeyInvalid
 * @throws Error where nobody is identified, which is found at the start of the service
 */
export function keyedRequestOf(request: FastifyRequest): KeyedRequest {
  const { method, requestContext, routeOptions, params, query, body } = request;
  const { caller, requestId } = requestContext;
  const route = routeOptions.url ?? '';
  if (!caller) throw new Error(`${route} is idempotent, and knows no caller.`);
  const key = idempotencyKeyIn(request.headers['idempotency-key']);
  return {
    id: sha256(JSON.stringify([caller.id, method, route, key])),
    fingerprint: sha256(canonicalJson({ params, query, body })),
    callerId: caller.id,
    method,
    route,
    requestId,
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
