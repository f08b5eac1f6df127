import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';
import { makeEntity } from '../../api/entity.ts';
import { exampleBody } from '../../api/call.ts';

/** Run after those that ask the most: all of their answers are in it. */
export const DECLARED_ANSWERS: ResourceTrial = {
  promise: 'E5',
  says: 'Every answer is one that the OpenAPI document declares',
  how: 'status, media type, schema and error code of the answers so far in this run, and of one to each operation',

  runOn: async ({ api }, resource) => {
    const { operations } = resource;
    const entity = await makeEntity(api, resource, 'verify-declared');
    const gaps = 'why' in entity ? [`no success on one of them: ${entity.why}`] : [];
    const of = 'why' in entity ? { authorization: api.as('verify-declared') } : entity;
    const { authorization } = of;
    for (const operation of operations) {
      const id = 'id' in of ? { id: of.id } : {};
      await api.call(operation, { authorization, ...id, body: exampleBody(operation, api.schemas) });
      await api.call(operation, { authorization: null });
    }
    const checked = api.declared.checkedOf(operations);
    return allOf(checked, 'answers as declared', api.declared.faultsOf(operations), gaps);
  },
};
