import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, field, toldBy } from '../stage/ask.ts';
import type { Api } from './api.ts';
import type { Operation } from './document.ts';
import { existingId } from './existing.ts';
import { referredBy, type Resource } from './resource.ts';
import { exampleOf, isOf, type Schema, type Vary } from './schema.ts';

/** Each with another of what it refers to: one may be sold out, or not on sale. */
const TRIES_MAX = 5;
const SUFFIX_CHARACTERS = 9;

/** What was made of a resource's own examples. */
export interface Entity {
  readonly id: string;
  readonly etag: string | null;
  readonly sub: string;
  readonly authorization: string;
  /** What it was made with. */
  readonly body: unknown;
}

/** Why nothing could be made: nothing says that it can be. */
export interface NotMade {
  readonly why: string;
}

/** The document has examples and a 201, and the service refuses the one under the other: one of them is wrong. */
export class ExamplesRefused extends Error {}

/** Makes one, of the examples of the document. @throws ExamplesRefused; Error where the service fails at that */
export async function makeEntity(api: Api, resource: Resource, sub: string): Promise<Entity | NotMade> {
  const { create } = resource;
  if (!create) return { why: `the document has no POST of ${resource.name} that answers 201` };
  const authorization = api.as(sub);
  let last = 'nothing';
  for (let turn = 0; turn < TRIES_MAX; turn += 1) {
    const body = await newBody(api, resource, { sub, turn });
    const answer = await api.call(create, { authorization, body });
    if (answer.status === 201) {
      return { id: idOf(answer), etag: answer.headers.get('etag'), sub, authorization, body };
    }
    last = `${toldBy(answer)} ${String(field(answer.json, 'detail'))}`;
    if (answer.status >= 500) throw new Error(`${create.id} of the examples answers ${last}`);
  }
  throw new ExamplesRefused(`The document has a 201 and examples, and ${create.id} of them answers ${last}`);
}

/** A body that nobody has sent, and that refers to what there is. */
export async function newBody(
  api: Api,
  { create }: Resource,
  { sub, turn = 0 }: { sub: string; turn?: number },
): Promise<unknown> {
  if (!create?.body) return undefined;
  const wanted = new Map<string, string>();
  const collect: Vary = (value, schema, name) => {
    if (schema.format === 'uuid') wanted.set(name, randomUUID());
    return value;
  };
  exampleOf(create.body, api.schemas, collect);
  for (const name of wanted.keys()) {
    const target = referredBy(name, api.resources);
    const id = target && (await existingId(api, target, { sub, turn }));
    if (id) wanted.set(name, id);
  }
  const suffix = randomBytes(4).toString('hex');
  return exampleOf(create.body, api.schemas, (value, schema, name) => {
    return wanted.get(name) ?? varied(api, value, schema, suffix);
  });
}

/** A text with something at its end that no other has, where its rules allow that. */
function varied({ declared }: Api, value: unknown, schema: Schema, suffix: string): unknown {
  if (typeof value !== 'string' || !isOf(schema, 'string') || schema.enum || schema.format) return value;
  const room = (schema.maxLength ?? Infinity) - SUFFIX_CHARACTERS;
  if (room < 1) return value;
  const longer = `${value.slice(0, room)}-${suffix}`;
  return declared.accepts(schema, longer) ? longer : value;
}

function idOf({ json, headers }: Answer): string {
  const id = field(json, 'id') ?? headers.get('location')?.split('/').at(-1);
  if (typeof id !== 'string') throw new Error('What was made has neither an id nor a Location.');
  return id;
}

/** What an operation on one is tried with: one that is made for it. An operation on all needs none. */
export async function existingOr(
  api: Api,
  resource: Resource,
  operation: Operation,
  sub: string,
): Promise<Pick<Entity, 'id' | 'etag'> | NotMade> {
  return operation.path.includes('{') ? makeEntity(api, resource, sub) : { id: '', etag: null };
}
