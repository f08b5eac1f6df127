import type { OpenAPIObject } from '@nestjs/swagger';
import { errorCatalogue, type ErrorFact } from '#kernel/app-error';
import { DeadlineExceeded } from '#platform/deadline';
import {
  BodyTooLarge,
  HeadersTooLarge,
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
import { Overloaded } from '../shedding/load-shedder.js';
import { PROBLEMS_EXTENSION } from './decorators.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { [PROBLEMS_EXTENSION]?: string[] };

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

/** The platform's, and gone in a moment: a database that is away, a lock that was not free. */
const isPassing = ({ code, kind, transient }: ErrorFact): boolean =>
  code.startsWith('platform.') && (transient ?? kind === 'unavailable');

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
  delete operation[PROBLEMS_EXTENSION];
  const codes = [...declared, ...EVERYWHERE, ...passing, ...(mayHaveBody ? WITH_BODY : []), ...impliedBy(operation)];
  const byStatus = Map.groupBy(
    [...new Set(codes)].flatMap((code) => facts.get(code) ?? []),
    (fact) => STATUS_BY_KIND[fact.kind],
  );
  for (const [status, group] of [...byStatus].sort(([a], [b]) => a - b)) {
    operation.responses[String(status)] = problemResponse(instance, group);
  }
  for (const response of Object.values(operation.responses)) {
    if (response && 'description' in response) response.headers = { ...response.headers, 'x-request-id': REQUEST_ID };
  }
}

const REQUEST_ID = {
  description: 'The one that was sent, if it was sane, else a new one. Every log line of the request has it.',
  schema: { type: 'string' as const, maxLength: 128, pattern: '^[A-Za-z0-9._:-]{1,128}$' },
};

/** A route that takes `If-Match` may miss it. */
const impliedBy = (operation: Operation): string[] =>
  operation.parameters?.some((parameter) => 'name' in parameter && parameter.name === 'If-Match')
    ? [PreconditionRequired.fact.code]
    : [];

function problemResponse(instance: string, facts: readonly ErrorFact[]) {
  const retry = {
    'Retry-After': {
      description: 'Seconds.',
      schema: { type: 'integer' as const, format: 'int32', minimum: 1, maximum: 3 },
    },
  };
  return {
    description: facts.map(({ title }) => title).join('; '),
    ...(facts.some(({ kind, transient }) => transient ?? kind === 'unavailable') && { headers: retry }),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/ProblemResponse' },
        examples: Object.fromEntries(
          facts.map((fact) => [fact.code, { summary: fact.remedy, value: exampleOf(instance, fact) }]),
        ),
      },
    },
  };
}

const exampleOf = (instance: string, { code, kind, title, extensions }: ErrorFact) => ({
  type: `urn:problem-type:${code}`,
  title,
  status: STATUS_BY_KIND[kind],
  detail: title,
  instance,
  code,
  requestId: '0198c5a0-6f0a-7c0e-9d55-0d6f9b1c2e3f',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  ...extensions,
});
