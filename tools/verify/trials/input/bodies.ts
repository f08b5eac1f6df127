import { faultsOfEach } from '../../api/each.ts';
import { type ExpectedProblem, problemFault } from '../../api/problem.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

interface Hostile extends ExpectedProblem {
  readonly what: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Far below what a parser's stack takes, far above what any body here needs. */
const DEPTH = 200;
/** Above HTTP_BODY_LIMIT_BYTES, 64 KiB unless set. */
const LARGE_BYTES = 80_000;

const HOSTILE: readonly Hostile[] = [
  { what: 'no JSON', body: '{"a":', status: 400 },
  { what: 'a list', body: '[]', status: 400 },
  { what: 'nothing', body: '', status: 400 },
  { what: 'deep', body: `{"a":${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}}`, status: 400 },
  { what: 'a prototype', body: '{"__proto__":{"admin":true}}', status: 400 },
  { what: 'large', body: `{"a":"${'x'.repeat(LARGE_BYTES)}"}`, status: 413, code: 'platform.body-too-large' },
  {
    what: 'XML',
    body: '<a/>',
    headers: { 'content-type': 'application/xml' },
    status: 415,
    code: 'platform.unsupported-media-type',
  },
];

export const BODIES: ResourceTrial = {
  promise: 'B1',
  says: 'A body that is none costs a clear answer, and never a 500',
  how: 'cut off, a list, nothing, 200 levels deep, a prototype, 80 kB, and XML, to each operation with a body',

  runOn: async ({ api }, { operations }) => {
    const authorization = api.as('verify-input');
    const cases = operations
      .filter(({ body }) => body !== null)
      .flatMap((operation) => HOSTILE.map((hostile) => ({ operation, ...hostile })));
    if (cases.length === 0) return { inapplicable: 'no operation takes a body' };
    const faults = await faultsOfEach(cases, async ({ operation, what, body, headers = {}, ...expected }) => {
      const answer = await api.call(operation, { authorization, body, headers });
      const fault = problemFault(answer, expected);
      return fault === null ? null : `${operation.id} ${what}: ${fault}`;
    });
    return allOf(cases.length, 'bad bodies refused', faults);
  },
};
