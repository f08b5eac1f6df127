import { randomBytes } from 'node:crypto';
import { newBody, makeEntity } from '../../api/entity.ts';
import { type Operation, takes } from '../../api/document.ts';
import { problemFault } from '../../api/problem.ts';
import type { Resource } from '../../api/resource.ts';
import { toldBy } from '../../stage/ask.ts';
import type { Stage } from '../../stage/stage.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

const SUB = 'verify-preconditions';
/** Enough that some have read the version before the first is written. */
const RACERS = 20;
/** Who sends these has read what they change. */
const REPLACING = ['PATCH', 'PUT'];

/** A caller for each: a module may have a bound of what one may have. */
const somebody = (): string => `${SUB}-${randomBytes(4).toString('hex')}`;

/** Sabotages that this is for: an If-Match that nobody reads, and one that is read and not written by. */
export const PRECONDITIONS: ResourceTrial = {
  promise: 'C4',
  says: 'Of two changes of one version the second is told so, and who names no version as well',
  how: 'each change with If-Match on a new entity: without it, with its ETag, with that again, and 20 at once with one',

  runOn: async (stage, resource) => {
    const changes = resource.operations.filter((operation) => takes(operation, 'if-match'));
    const unguarded = resource.operations.filter(
      (operation) => REPLACING.includes(operation.method) && !takes(operation, 'if-match'),
    );
    const count = changes.length + unguarded.length;
    if (count === 0) return { inapplicable: `no operation of ${resource.name} replaces what was read` };
    const gaps: string[] = [];
    const faults = unguarded.map(({ id }) => `${id}: it takes no If-Match`);
    for (const operation of changes) {
      const found = await faultsOf(stage, resource, operation);
      if ('why' in found) gaps.push(`${operation.id}: ${found.why}`);
      else faults.push(...found.faults.map((fault) => `${operation.id}: ${fault}`));
    }
    if (gaps.length === count) return { inapplicable: gaps.join('; ') };
    return allOf(count - gaps.length, 'changes: 428, then 200, then 412', faults, gaps);
  },
};

async function faultsOf(
  stage: Stage,
  resource: Resource,
  operation: Operation,
): Promise<{ readonly faults: readonly string[] } | { readonly why: string }> {
  const { api } = stage;
  const entity = await makeEntity(api, resource, somebody());
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
    await raceFault(stage, resource, operation),
  ];
  return { faults: faults.filter((fault) => fault !== null) };
}

/** Many at once with one ETag, over both replicas: whoever is not the first is told so. */
async function raceFault({ api, both }: Stage, resource: Resource, operation: Operation): Promise<string | null> {
  const entity = await makeEntity(api, resource, somebody());
  if ('why' in entity) return entity.why;
  const { id, etag, authorization } = entity;
  const bodies = await Promise.all(
    Array.from({ length: RACERS }, () => newBody(api, { ...resource, create: operation }, { sub: SUB })),
  );
  const answers = await Promise.all(
    bodies.map((body, n) => api.call(operation, { authorization, id, body, ifMatch: etag }, both[n % 2])),
  );
  const changed = answers.filter(({ status }) => status < 300).length;
  const late = answers.filter(({ status }) => status === 412).length;
  if (changed === 1 && late === RACERS - 1) return null;
  const told = [...new Set(answers.map(toldBy))].join(', ');
  return `of ${RACERS} at once with one ETag ${changed} were carried out and ${late} refused: ${told}`;
}
