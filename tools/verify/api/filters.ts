import { randomBytes } from 'node:crypto';
import type { Operation, Parameter } from './document.ts';

export type Item = Readonly<Record<string, unknown>>;

/** What steers the page, and says nothing of its items. */
const STEERING = ['limit', 'cursor', 'sort'];
const SEEN_MAX = 3;

/** Parameters of a list that choose among its items. */
export const filtersOf = ({ parameters }: Operation): readonly Parameter[] =>
  parameters.filter(({ name, in: place }) => place === 'query' && !STEERING.includes(name));

/**
 * Values to filter by: all of a list of values, else some that items have, and one that none has, which only a filter that
 * is looked at shows nothing for. None where no item has a field of that name.
 */
export function valuesOf({ name, schema }: Parameter, items: readonly Item[]): readonly string[] {
  const seen = new Set(items.flatMap((item) => (isPlain(item[name]) ? [String(item[name])] : [])));
  if (seen.size === 0) return [];
  if (schema.enum) return schema.enum.map(String);
  const some = [...seen].slice(0, SEEN_MAX);
  const isFreeText = schema.format === undefined && items.some((item) => typeof item[name] === 'string');
  return isFreeText ? [...some, `${some[0]?.slice(0, 20) ?? ''}${randomBytes(4).toString('hex')}`] : some;
}

const isPlain = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
