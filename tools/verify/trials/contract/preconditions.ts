import type { Api } from '../../api/api.ts';
import { newBody, makeEntity } from '../../api/entity.ts';
import { type Operation, takes } from '../../api/document.ts';
import { problemFault } from '../../api/problem.ts';
import type { Resource } from '../../api/resource.ts';
import { toldBy } from '../../stage/ask.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

const SUB = 'verify-preconditions';

/** Sabotage that this is for: an If-Match that nobody reads. */
export const PRECONDITIONS: ResourceTrial = {
  promise: 'C4',
  says: 'Of two changes of one version the second is told so, and who names no version as well',
  how: 'each change with If-Match on a new entity: without it, with its ETag, and with that ETag again',

  runOn: async ({ api }, resource) => {
    const changes = resource.operations.filter((operation) => takes(operation, 'if-match'));
    if (changes.length === 0) return { inapplicable: `no operation of ${resource.name} takes If-Match` };
    const gaps: string[] = [];
    const faults: string[] = [];
    for (const operation of changes) {
      const found = await faultsOf(api, resource, operation);
      if ('why' in found) gaps.push(`${operation.id}: ${found.why}`);
      else faults.push(...found.faults.map((fault) => `${operation.id}: ${fault}`));
    }
    if (gaps.length === changes.length) return { inapplicable: gaps.join('; ') };
    return allOf(changes.length - gaps.length, 'changes: 428, then 200, then 412', faults, gaps);
  },
};

async function faultsOf(
  api: Api,
  resource: Resource,
  operation: Operation,
): Promise<{ readonly faults: readonly string[] } | { readonly why: string }> {
  const entity = await makeEntity(api, resource, SUB);
  if ('why' in entity) return entity;
  const { id, etag, authorization } = entity;
  if (etag === null) return { faults: ['what was made has no ETag'] };
  const body = await newBody(api, { ...resource, create: operation }, { sub: SUB });
  const missing = await api.call(operation, { authorization, id, body, ifMatch: null });
  const changed = await api.call(operation, { authorization, id, body, ifMatch: etag });
  const stale = await api.call(operation, { authorization, id, body, ifMatch: etag });
  const faults = [
    problemFault(missing, { status: 428, code: 'platform.precondition-required' }),
    changed.status < 300 ? null : `with the current ETag ${toldBy(changed)}`,
    problemFault(stale, { status: 412 }),
    changed.headers.get('etag') === etag ? 'the changed one has the same ETag' : null,
  ];
  return { faults: faults.filter((fault) => fault !== null) };
}
