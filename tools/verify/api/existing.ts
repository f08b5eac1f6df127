import { field } from '../stage/ask.ts';
import type { Api } from './api.ts';
import type { Resource } from './resource.ts';

const PAGE = 100;

/** One that a list shows, the likeliest to be of use first: on sale, and most in stock. */
export async function existingId(
  api: Api,
  resource: Resource,
  { sub, turn }: { sub: string; turn: number },
): Promise<string | null> {
  const { list } = resource;
  if (!list) return null;
  const statuses = list.parameters.find(({ name }) => name === 'status')?.schema.enum ?? [];
  const query = `?limit=${PAGE}${statuses.includes('active') ? '&status=active' : ''}`;
  const { json } = await api.call(list, { authorization: list.scopes && api.as(sub), query });
  const items = (field(json, 'items') ?? []) as readonly Readonly<Record<string, unknown>>[];
  const stockOf = (item: Readonly<Record<string, unknown>>): number => Number(item['stock'] ?? 0);
  const ranked = items.toSorted((a, b) => stockOf(b) - stockOf(a));
  const id = ranked[turn % Math.max(1, ranked.length)]?.['id'];
  return typeof id === 'string' ? id : null;
}
