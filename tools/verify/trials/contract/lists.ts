import type { Api } from '../../api/api.ts';
import type { Operation, Parameter } from '../../api/document.ts';
import { makeEntity } from '../../api/entity.ts';
import { filtersOf, type Item, valuesOf } from '../../api/filters.ts';
import { disorderIn } from '../../api/order.ts';
import { field, toldBy } from '../../stage/ask.ts';
import { allOf } from '../../trial/finding.ts';
import type { ResourceTrial } from '../../trial/trial.ts';

const SUB = 'verify-lists';
/** So many are made, where there may be none. */
const ENOUGH = 2;
const PAGE = 100;

/** Sabotages that this is for: an order the other way round, a filter whose value nobody looks at. */
export const LISTS: ResourceTrial = {
  promise: 'E6',
  says: 'A list has the order that its sort names, and a filter shows what fits it, and nothing else',
  how: 'each value of sort by the field of its name; each filter of such a name with values of items, and one of none',

  runOn: async ({ api }, resource) => {
    const { list } = resource;
    if (!list) return { inapplicable: `${resource.name} has no list` };
    // Where the document has no POST, what there is may be enough.
    for (let count = 0; count < ENOUGH && resource.create; count += 1) await makeEntity(api, resource, SUB);
    const sorts = (list.parameters.find(({ name }) => name === 'sort')?.schema.enum ?? []) as string[];
    const filters = filtersOf(list);
    if (sorts.length + filters.length === 0)
      return { inapplicable: `the list of ${resource.name} has no sort or filter` };
    const items = await shown(api, list, '');
    const found = [];
    for (const sort of sorts) found.push(await sorted(api, list, sort));
    for (const filter of filters) found.push(await filtered(api, list, { filter, items }));
    const gaps = found.flatMap((each) => each.gaps ?? []);
    const count = found.reduce((sum, each) => sum + each.count, 0);
    if (count === 0) return { inapplicable: gaps.join('; ') };
    return allOf(
      count,
      'sorts and filters do what they name',
      found.flatMap(({ faults }) => faults),
      gaps,
    );
  },
};

interface Found {
  readonly count: number;
  readonly faults: readonly string[];
  readonly gaps?: readonly string[];
}

async function sorted(api: Api, list: Operation, sort: string): Promise<Found> {
  const found = disorderIn(await shown(api, list, `&sort=${sort}`), sort);
  if (found === 'unknown') {
    return { count: 0, faults: [], gaps: [`sort=${sort} is no field of two items with different values`] };
  }
  return { count: 1, faults: found === 'order' ? [] : [`by sort=${sort} the items have another order`] };
}

async function filtered(
  api: Api,
  list: Operation,
  { filter, items }: { filter: Parameter; items: readonly Item[] },
): Promise<Found> {
  const { name } = filter;
  const values = valuesOf(filter, items);
  if (values.length === 0) return { count: 0, faults: [], gaps: [`${name} is no field of an item`] };
  const faults: string[] = [];
  for (const value of values) faults.push(...(await filterFaults(api, list, { name, value, items })));
  return { count: values.length, faults };
}

async function shown(api: Api, list: Operation, query: string): Promise<readonly Item[]> {
  const answer = await api.call(list, { authorization: list.scopes && api.as(SUB), query: `?limit=${PAGE}${query}` });
  const items = field(answer.json, 'items');
  if (answer.status === 200 && Array.isArray(items)) return items as Item[];
  throw new Error(`${list.id}?limit=${PAGE}${query} answers ${toldBy(answer)}`);
}

async function filterFaults(
  api: Api,
  list: Operation,
  { name, value, items }: { name: string; value: string; items: readonly Item[] },
): Promise<string[]> {
  const found = await shown(api, list, `&${name}=${encodeURIComponent(value)}`);
  const strangers = found.filter((item) => String(item[name]) !== value).length;
  const isKnown = items.some((item) => String(item[name]) === value);
  return [
    ...(strangers > 0 ? [`${name}=${value} shows ${strangers} that do not fit`] : []),
    ...(isKnown && found.length === 0 ? [`${name}=${value} shows none of what fits`] : []),
  ];
}
