import type { Operation } from './document.ts';

/** What the API has under one name, which is how it looks from outside when a module is added: `/v1/parcels`. */
export interface Resource {
  /** `parcels`. */
  readonly name: string;
  readonly operations: readonly Operation[];
  /** `GET /v1/parcels`. */
  readonly list: Operation | null;
  /** `POST /v1/parcels`, which answers 201. */
  readonly create: Operation | null;
  /** `GET /v1/parcels/{id}`. */
  readonly read: Operation | null;
}

/** The resources, in the order in which the document has them. */
export function resourcesOf(operations: readonly Operation[]): readonly Resource[] {
  const names = [...new Set(operations.map(nameOf))];
  return names.map((name) => {
    const own = operations.filter((operation) => nameOf(operation) === name);
    const find = (method: string, depth: number): Operation | null =>
      own.find((operation) => operation.method === method && segmentsOf(operation).length === depth) ?? null;
    const create = find('POST', 2);
    return {
      name,
      operations: own,
      list: find('GET', 2),
      create: create?.statuses.includes(201) ? create : null,
      read: find('GET', 3),
    };
  });
}

/** The resource that a field's name points to: `productId` to `products`. Null where nothing has such a name. */
export function referredBy(field: string, resources: readonly Resource[]): Resource | null {
  const stem = /^(.+)Ids?$/.exec(field)?.[1]?.toLowerCase();
  if (stem === undefined) return null;
  return resources.find(({ name }) => name === `${stem}s` || name === `${stem}es` || name === plural(stem)) ?? null;
}

/** `category` to `categories`. */
const plural = (stem: string): string => stem.replace(/y$/, 'ies');

const segmentsOf = ({ path }: Operation): string[] => path.split('/').filter(Boolean);

/** The part after the version. */
const nameOf = (operation: Operation): string => segmentsOf(operation)[1] ?? operation.path;
