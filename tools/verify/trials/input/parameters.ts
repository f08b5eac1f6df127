import { badQueries } from '../../api/bad-queries.ts';
import { faultsOfEach } from '../../api/each.ts';
import { exampleBody } from '../../api/call.ts';
import { problemFault } from '../../api/problem.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

export const PARAMETERS: ResourceTrial = {
  promise: 'B1',
  says: 'A parameter that is not as the document says is refused by name',
  how: 'each query parameter twice, empty, beyond each bound; one that nobody knows; an id that is none',

  runOn: async ({ api }, { operations }) => {
    const authorization = api.as('verify-input');
    const queries = operations.flatMap((operation) =>
      badQueries(operation).map(({ what, query, pointers }) => ({ operation, what, details: { query }, pointers })),
    );
    const ids = operations.flatMap((operation) =>
      operation.parameters
        .filter(({ in: place, schema }) => place === 'path' && schema.format === 'uuid')
        .map(({ name }) => ({ operation, what: `{${name}}`, details: { id: 'no-uuid' }, pointers: [`#/${name}`] })),
    );
    const cases = [...queries, ...ids];
    const faults = await faultsOfEach(cases, async ({ operation, what, details, pointers }) => {
      const body = exampleBody(operation, api.schemas);
      const answer = await api.call(operation, { authorization, body, ...details });
      const fault = problemFault(answer, { status: 400, code: 'platform.validation-failed', pointers });
      return fault === null ? null : `${operation.id} ${what}: ${fault}`;
    });
    return allOf(cases.length, 'bad parameters refused, each by its pointer', faults);
  },
};
