import type { Api } from '../../api/api.ts';
import type { Operation } from '../../api/document.ts';
import { makeEntity } from '../../api/entity.ts';
import { type Answer, field } from '../../stage/ask.ts';
import { problemFault } from '../../api/problem.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

const SUB = 'verify-cursors';
/** So many are made, where there may be fewer. */
const ENOUGH = 5;
const PAGE = 2;
const PAGES = 3;

/** Sabotages that this is for: a cursor without a seal, an order with ties, a filter that a cursor forgets. */
export const CURSORS: ResourceTrial = {
  promise: 'E6',
  says: 'Pages follow one order, and a cursor that was changed is refused',
  how: 'small pages, between which one is added, against one large page; cursors with one character or value changed',

  runOn: async (stage, resource) => {
    const { api } = stage;
    const { list } = resource;
    if (!list?.parameters.some(({ name }) => name === 'cursor'))
      return { inapplicable: 'it has no list with a cursor' };
    const make = async (): Promise<string | null> => {
      const made = await makeEntity(api, resource, SUB);
      return 'why' in made ? made.why : null;
    };
    for (let count = 0; count < ENOUGH; count += 1) {
      const why = await make();
      if (why !== null) return { inapplicable: why };
    }
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
    faults.push(...(await otherListFaults(api, list, cursor)));
    return allOf(sorts.length + forged.length + 1, 'orders are stable, and changed cursors refused', faults);
  },
};

const page = (api: Api, list: Operation, query: string): Promise<Answer> =>
  api.call(list, { authorization: list.scopes && api.as(SUB), query: `?limit=${PAGE}${query}` });

async function cursorOf(api: Api, list: Operation, query: string): Promise<string> {
  const cursor = field((await page(api, list, query)).json, 'nextCursor');
  if (typeof cursor !== 'string') throw new Error(`${list.id} has no next page, of more than ${PAGE}.`);
  return cursor;
}

const idsIn = (answer: Answer): string[] => {
  const items = field(answer.json, 'items');
  return Array.isArray(items) ? items.map((item) => String(field(item, 'id'))) : [];
};

/** What a large page shows is what small ones show, whatever comes in between: nothing twice, nothing left out. */
async function pagingFaults(
  api: Api,
  list: Operation,
  { sort, make }: { sort: string | null; make: () => Promise<string | null> },
): Promise<string[]> {
  const order = sort === null ? '' : `&sort=${sort}`;
  const whole = await api.call(list, {
    authorization: list.scopes && api.as(SUB),
    query: `?limit=${PAGE * PAGES}${order}`,
  });
  const expected = idsIn(whole);
  const seen: string[] = [];
  let cursor = '';
  for (let number = 0; number < PAGES; number += 1) {
    const answer = await page(api, list, `${order}${cursor}`);
    if (answer.status !== 200) return [`page ${number + 1} by ${sort} answers ${answer.status}`];
    seen.push(...idsIn(answer));
    const next = field(answer.json, 'nextCursor');
    if (typeof next !== 'string') break;
    cursor = `&cursor=${encodeURIComponent(next)}`;
    if (number === 0) await make();
  }
  if (new Set(seen).size !== seen.length) return [`by ${sort} one comes twice`];
  const left = expected.filter((id) => !seen.includes(id) && expected.indexOf(id) < seen.length);
  // One that was added may take a place: what was there must come all the same, as far as was read.
  return left.length <= 1 && isSubsequence(seen, expected) ? [] : [`by ${sort} the order differs`];
}

/** Whether those that both have come in the same order. */
function isSubsequence(seen: readonly string[], expected: readonly string[]): boolean {
  const common = seen.filter((id) => expected.includes(id));
  return common.join() === expected.filter((id) => common.includes(id)).join();
}

/** One character changed in each part, and where a value can be read, another value. */
function forgeries(cursor: string): string[] {
  const flipped = (at: number): string => {
    const by = cursor[at] === 'A' ? 'B' : 'A';
    return cursor.slice(0, at) + by + cursor.slice(at + 1);
  };
  const [payload = '', ...seal] = cursor.split('.');
  const text = Buffer.from(payload, 'base64url').toString();
  const other = text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10));
  const revalued = [Buffer.from(other).toString('base64url'), ...seal].join('.');
  const unsealed = seal.length > 0 ? [payload] : [];
  return [flipped(2), flipped(cursor.length - 3), ...(other === text ? [] : [revalued]), ...unsealed];
}

/** A cursor is good for its own list alone. */
async function otherListFaults(api: Api, list: Operation, cursor: string): Promise<string[]> {
  const filter = list.parameters.find(({ name, schema }) => name !== 'limit' && name !== 'sort' && schema.enum);
  if (!filter) return [];
  const value = String(filter.schema.enum?.[0]);
  const answer = await page(api, list, `&${filter.name}=${value}&cursor=${encodeURIComponent(cursor)}`);
  return answer.status === 400
    ? []
    : [`with ${filter.name}=${value} the cursor of the whole list answers ${answer.status}`];
}
