import type { OpenAPIObject } from '#platform/api-docs';
import { errorCatalogue, type ErrorFact } from '#kernel/app-error';
import { DeadlineExceeded } from '#platform/deadline';
import {
  BodyTooLarge,
  HeadersTooLarge,
  IdempotencyKeyInUse,
  IdempotencyKeyInvalid,
  IdempotencyKeyRequired,
  IdempotencyKeyReused,
  InternalError,
  MalformedRequest,
  PreconditionRequired,
  RequestTimedOut,
  ServiceUnavailable,
  STATUS_BY_KIND,
  UnsupportedMediaType,
  UriTooLong,
  ValidationFailed,
} from '#platform/errors';
import { RateLimited } from '#platform/rate-limit';
import { AuthenticationRequired, InsufficientScope, TokenExpired, TokenInvalid } from '#platform/security';
import { UNLIMITED_EXTENSION } from '../access/route-access.js';
import { Overloaded } from '../shedding/load-shedder.js';
import { PROBLEMS_EXTENSION } from './decorators.js';
import { headersOf } from './described-headers.js';
import { describedProblem } from './described-problem.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & {
  [PROBLEMS_EXTENSION]?: string[];
  [UNLIMITED_EXTENSION]?: boolean;
};

/** What every route may answer, whatever it does. */
const EVERYWHERE = [
  ValidationFailed,
  MalformedRequest,
  RequestTimedOut,
  UriTooLong,
  HeadersTooLarge,
  InternalError,
  ServiceUnavailable,
  DeadlineExceeded,
  Overloaded,
].map(({ fact }) => fact.code);
const LIMITED = [RateLimited.fact.code];
const CLOSED = [AuthenticationRequired, TokenInvalid, TokenExpired].map(({ fact }) => fact.code);
const WITH_IDEMPOTENCY_KEY = [
  IdempotencyKeyRequired,
  IdempotencyKeyInvalid,
  IdempotencyKeyInUse,
  IdempotencyKeyReused,
].map(({ fact }) => fact.code);
const WITH_BODY = [BodyTooLarge, UnsupportedMediaType].map(({ fact }) => fact.code);

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
/** A client may send a body with these also where none is asked for, and it is read before the route is reached. */
const METHODS_WITH_BODY: ReadonlySet<string> = new Set(['put', 'post', 'patch']);

/** Writes every problem that an operation may answer into the document, with an example of each code. */
export function declareProblems(document: OpenAPIObject): void {
  const catalogue = errorCatalogue();
  const facts = new Map(catalogue.map((fact) => [fact.code, fact]));
  const passing = catalogue.filter(isPassing).map(({ code }) => code);
  for (const [template, path] of Object.entries(document.paths)) {
    const instance = template.replace(/\{\w+\}/g, '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7');
    for (const method of METHODS) {
      const operation = path[method];
      if (operation) declareOn(operation, { instance, passing, mayHaveBody: METHODS_WITH_BODY.has(method) }, facts);
    }
  }
}

/** The platform's, and gone in a moment, on any route: a database that is away, a lock that was not free. */
const isPassing = ({ code, kind, transient }: ErrorFact): boolean =>
  code.startsWith('platform.') && !WITH_IDEMPOTENCY_KEY.includes(code) && (transient ?? kind === 'unavailable');

interface Route {
  /** A path as `instance` would repeat it. */
  readonly instance: string;
  readonly mayHaveBody: boolean;
  /** Codes of what the platform's own dependencies may do to any route. */
  readonly passing: readonly string[];
}

function declareOn(
  operation: Operation,
  { instance, mayHaveBody, passing }: Route,
  facts: ReadonlyMap<string, ErrorFact>,
): void {
  const declared = operation[PROBLEMS_EXTENSION] ?? [];
  // Where a token is asked for, those that have none are limited all the same.
  const unlimited = operation[UNLIMITED_EXTENSION] === true && operation.security?.length === 0;
  delete operation[PROBLEMS_EXTENSION];
  delete operation[UNLIMITED_EXTENSION];
  const codes = [
    ...declared,
    ...EVERYWHERE,
    ...(unlimited ? [] : LIMITED),
    ...passing,
    ...(mayHaveBody ? WITH_BODY : []),
    ...impliedBy(operation),
  ];
  const byStatus = Map.groupBy(
    [...new Set(codes)].flatMap((code) => facts.get(code) ?? []),
    (fact) => STATUS_BY_KIND[fact.kind],
  );
  for (const [status, group] of [...byStatus].sort(([a], [b]) => a - b)) {
    operation.responses[String(status)] = describedProblem(instance, group);
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response && 'description' in response)
      response.headers = { ...response.headers, ...headersOf(Number(status), { unlimited }) };
  }
}

/** A route that takes `If-Match` or a key may miss it; one that asks for a token, or for scopes, may get none. */
function impliedBy({ parameters, security = [] }: Operation): string[] {
  const takes = (header: string) => parameters?.some((one) => 'name' in one && one.name === header);
  const scopes = security.flatMap((requirement) => Object.values(requirement).flat());
  return [
    ...(takes('Idempotency-Key') ? WITH_IDEMPOTENCY_KEY : []),
    ...(takes('If-Match') ? [PreconditionRequired.fact.code] : []),
    ...(security.length > 0 ? CLOSED : []),
    ...(scopes.length > 0 ? [InsufficientScope.fact.code] : []),
  ];
}
