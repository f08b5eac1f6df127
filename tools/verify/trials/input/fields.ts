import { badBodies } from '../../api/bad-bodies.ts';
import { faultsOfEach } from '../../api/each.ts';
import { problemFault } from '../../api/problem.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

/** Sabotages that this is for: a pipe that lets unknown fields in, a field without its rule. */
export const FIELDS: ResourceTrial = {
  promise: 'B1',
  says: 'A field that is not as the document says is refused by name',
  how: 'each field of each body missing, of another type, beyond each bound; and one that nobody knows',

  runOn: async ({ api }, { operations }) => {
    const authorization = api.as('verify-input');
    const cases = operations.flatMap((operation) =>
      operation.body === null ? [] : badBodies(operation.body, api.schemas).map((bad) => ({ operation, ...bad })),
    );
    if (cases.length === 0) return { inapplicable: 'no operation takes a body' };
    const faults = await faultsOfEach(cases, async ({ operation, body, pointers, what }) => {
      const answer = await api.call(operation, { authorization, body });
      const fault = problemFault(answer, { status: 400, code: 'platform.validation-failed', pointers });
      return fault === null ? null : `${operation.id} ${what}: ${fault}`;
    });
    return allOf(cases.length, 'bad bodies refused, each field by its pointer', faults);
  },
};
