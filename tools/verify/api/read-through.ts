import { type Answer, field } from '../stage/ask.ts';
import type { Api } from './api.ts';
import type { Operation } from './document.ts';

/** A list with more pages is not read to its end: it would take the time of everything else. */
const PAGES_MAX = 200;

export interface Reading {
  /** Whose list it is. */
  readonly sub: string;
  readonly sort: string | null;
  readonly limit: number;
  /** Done between the first page and the second. */
  readonly between?: () => Promise<unknown>;
}

/** The whole list, as pages of one size show it. @throws Error where a page is refused, or the list does not end */
export async function readThrough(
  api: Api,
  list: Operation,
  { sub, sort, limit, between }: Reading,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor = '';
  for (let number = 1; number <= PAGES_MAX; number += 1) {
    const query = `?limit=${limit}${sort === null ? '' : `&sort=${sort}`}${cursor}`;
    const answer = await api.call(list, { authorization: list.scopes && api.as(sub), query });
    if (answer.status !== 200) throw new Error(`${list.id}${query} answers ${answer.status}`);
    ids.push(...idsIn(answer));
    const next = field(answer.json, 'nextCursor');
    if (typeof next !== 'string') return ids;
    cursor = `&cursor=${encodeURIComponent(next)}`;
    if (number === 1) await between?.();
  }
  throw new Error(`${list.id} has more than ${PAGES_MAX} pages of ${limit}.`);
}

const idsIn = (answer: Answer): string[] => {
  const items = field(answer.json, 'items');
  return Array.isArray(items) ? items.map((item) => String(field(item, 'id'))) : [];
};
