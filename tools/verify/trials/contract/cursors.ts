import type { Api } from '../../api/api.ts';
import type { Operation, Parameter } from '../../api/document.ts';
import { forgeries } from '../../api/forged-cursors.ts';
import { readThrough } from '../../api/read-through.ts';
import { ExamplesRefused, makeEntity } from '../../api/entity.ts';
import { type Answer, field } from '../../stage/ask.ts';
import type { Resource } from '../../api/resource.ts';
import { problemFault } from '../../api/problem.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

const SUB = 'verify-cursors';
/** So many are made, where there may be fewer. */
const ENOUGH = 5;
const PAGE = 2;
/** Against as many as there may be; of a short list a third. */
const SMALL_PAGE_MAX = 13;
const LARGE_PAGE = 100;

/** Sabotages that this is for: a cursor without a seal, an order with ties, a filter that a cursor forgets. */
export const CURSORS: ResourceTrial = {
  promise: 'E6',
  says: 'Pages follow one order, and a cursor that was changed is refused',
  how: 'the list in small pages, while one is added, and in pages of 100, by each sort; cursors with a character or a value changed',

  runOn: async (stage, resource) => {
    const { api } = stage;
    const { list } = resource;
    if (!list) return { inapplicable: `${resource.name} has no list` };
    if (!list.parameters.some(({ name }) => name === 'cursor'))
      return allOf(1, 'lists have pages', ['it takes no cursor']);
    const make = (): Promise<string | null> => refusalOf(api, resource);
    const tooFew = await makeEnough(resource, make);
    if (tooFew !== null) return { inapplicable: tooFew };
    const sorts = (list.parameters.find(({ name }) => name === 'sort')?.schema.enum ?? [null]) as (string | null)[];
    const faults: string[] = [];
    for (const sort of sorts) faults.push(...(await pagingFaults(api, list, { sort, make })));
    const cursor = await cursorOf(api, list, '');
    const forged = [...forgeries(cursor), 'bm90IGEgY3Vyc29y'];
    for (const text of forged) {
      const answer = await page(api, list, `&cursor=${encodeURIComponent(text)}`);
      const fault = problemFault(answer, { status: 400, code: 'platform.cursor-invalid' });
      if (fault !== null) faults.push(`a changed cursor: ${fault}`);
    }
    const filter = list.parameters.find(({ name, schema }) => name !== 'limit' && name !== 'sort' && schema.enum);
    if (filter) faults.push(...(await otherListFaults(api, list, { filter, cursor })));
    return allOf(
      sorts.length + forged.length + (filter ? 1 : 0),
      'orders are stable, and changed cursors refused',
      faults,
    );
  },
};

/** One that is made says that the examples are good: of others there may be a bound. @throws Error where none is made */
async function makeEnough({ create }: Resource, make: () => Promise<string | null>): Promise<string | null> {
  for (let count = 0; count < ENOUGH; count += 1) {
    const why = await make();
    if (why !== null && count === 0 && create) throw new Error(why);
    if (why !== null) return why;
  }
  return null;
}

/** Makes one more; why not, where it is refused. */
async function refusalOf(api: Api, resource: Resource): Promise<string | null> {
  try {
    const made = await makeEntity(api, resource, SUB);
    return 'why' in made ? made.why : null;
  } catch (error) {
    if (error instanceof ExamplesRefused) return error.message;
    throw error;
  }
}

const page = (api: Api, list: Operation, query: string): Promise<Answer> =>
  api.call(list, { authorization: list.scopes && api.as(SUB), query: `?limit=${PAGE}${query}` });

async function cursorOf(api: Api, list: Operation, query: string): Promise<string> {
  const cursor = field((await page(api, list, query)).json, 'nextCursor');
  if (typeof cursor !== 'string') throw new Error(`${list.id} has no next page, of more than ${PAGE}.`);
  return cursor;
}

/** Small pages end where large ones don't: what has the same value would be left out, or come twice, at one of the ends. */
async function pagingFaults(
  api: Api,
  list: Operation,
  { sort, make }: { sort: string | null; make: () => Promise<string | null> },
): Promise<string[]> {
  const large = await readThrough(api, list, { sort, sub: SUB, limit: LARGE_PAGE });
  const limit = Math.min(SMALL_PAGE_MAX, Math.max(1, Math.floor(large.length / 3)));
  const small = await readThrough(api, list, { sort, sub: SUB, limit, between: make });
  const known = small.filter((id) => large.includes(id));
  if (new Set(small).size !== small.length) return [`by ${sort} one comes twice`];
  if (known.length !== large.length)
    return [`by ${sort} ${large.length - known.length} of ${large.length} are left out`];
  return known.join() === large.join() ? [] : [`by ${sort} the order differs`];
}

/** A cursor is good for its own list alone. */
async function otherListFaults(
  api: Api,
  list: Operation,
  { filter, cursor }: { filter: Parameter; cursor: string },
): Promise<string[]> {
  const value = String(filter.schema.enum?.[0]);
  const answer = await page(api, list, `&${filter.name}=${value}&cursor=${encodeURIComponent(cursor)}`);
  return answer.status === 400
    ? []
    : [`with ${filter.name}=${value} the cursor of the whole list answers ${answer.status}`];
}
