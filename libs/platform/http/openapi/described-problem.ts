import type { ErrorFact } from '#kernel/app-error';
import { STATUS_BY_KIND } from '#platform/errors';
import { WINDOW_SECONDS_MAX } from '#platform/rate-limit';
import { RETRY_AFTER_MAX_SECONDS } from '../edge/problem-headers.js';
import { retryAfter, type DescribedHeaders } from './described-headers.js';

/**
 * The answer of one status: each of its codes with an example.
 * @param instance a path as the answer would repeat it
 */
export function describedProblem(instance: string, facts: readonly ErrorFact[]) {
  return {
    description: facts.map(({ title }) => title).join('; '),
    headers: headersOf(facts),
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

function headersOf(facts: readonly ErrorFact[]): DescribedHeaders {
  if (facts.some(({ kind }) => kind === 'rate-limited')) return { 'Retry-After': retryAfter(WINDOW_SECONDS_MAX) };
  const passes = facts.some(({ kind, transient }) => transient ?? kind === 'unavailable');
  return passes ? { 'Retry-After': retryAfter(RETRY_AFTER_MAX_SECONDS) } : {};
}
