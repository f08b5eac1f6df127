import { parseArgs } from 'node:util';
import { messageOf } from '#platform/postgres';
import type { OutboxListing, OutboxSelection } from '../outbox/outbox-archive.js';
import { OUTBOX_CONDITIONS, type OutboxCondition } from '../outbox/outbox-condition.js';
import { OperatorRefusal } from './operator-refusal.js';

export const USAGE = `usage:
  outbox list [--condition pending|parked|sent] [--type <type>] [--since <time>] [--until <time>] [--limit <1..1000>]
  outbox replay <id>... | --parked | --sent --type <type> [--since <time>] [--until <time>]
  outbox drop <id>...
<id> is the id of an event of the outbox, or <consumer>/<id> of one that a consumer has parked, as "list" shows it;
<type> is a type of events (orders.order-placed.v1), a family of types (orders.order-placed) or a module (orders);
<time> is ISO 8601.`;

export const LIMIT_MAX = 1_000;
const LIMIT_DEFAULT = 50;
/** Longer than a person types; a script that has more calls again. */
export const IDS_MAX = 100;

/** An event: of the outbox where `consumer` is null, else of what that consumer has parked. */
export interface EventReference {
  readonly consumer: string | null;
  readonly id: string;
}

export type OutboxRequest =
  | { readonly do: 'list'; readonly listing: OutboxListing }
  | { readonly do: 'replay'; readonly events: readonly EventReference[] }
  | { readonly do: 'drop'; readonly events: readonly EventReference[] }
  | { readonly do: 'replay-parked' }
  | { readonly do: 'replay-sent'; readonly selection: OutboxSelection };

const OPTIONS = {
  condition: { type: 'string' },
  type: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  limit: { type: 'string' },
  parked: { type: 'boolean' },
  sent: { type: 'boolean' },
} as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * What the operator's words ask for.
 * @throws OperatorRefusal that names what is wrong, and how it is done
 */
export function outboxRequestOf(words: readonly string[]): OutboxRequest {
  const { values, positionals } = parsed(words);
  const [verb, ...ids] = positionals;
  if (verb === 'list') return { do: 'list', listing: listingOf(values, ids) };
  if (verb === 'drop') return { do: 'drop', events: referencesOf(ids) };
  if (verb !== 'replay') throw refusal(verb === undefined ? 'nothing is asked for' : `there is no "${verb}"`);
  if (values.parked) return { do: 'replay-parked' };
  if (!values.sent) return { do: 'replay', events: referencesOf(ids) };
  if (values.type === undefined) throw refusal('--sent needs --type: the whole history is never sent by accident');
  const { type } = values;
  return { do: 'replay-sent', selection: { type, since: timeOf('since', values), until: timeOf('until', values) } };
}

type Values = ReturnType<typeof parsed>['values'];

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw refusal(messageOf(error));
  }
}

function listingOf({ condition, type, since, until, limit }: Values, ids: readonly string[]): OutboxListing {
  if (ids.length > 0) throw refusal('list takes no ids');
  const known = OUTBOX_CONDITIONS as readonly (string | undefined)[];
  if (condition !== undefined && !known.includes(condition)) throw refusal(`there is no condition "${condition}"`);
  const most = limit === undefined ? LIMIT_DEFAULT : Number(limit);
  if (!Number.isInteger(most) || most < 1 || most > LIMIT_MAX) throw refusal(`--limit is 1 to ${LIMIT_MAX}`);
  const times = { since: timeOf('since', { since }), until: timeOf('until', { until }) };
  return { condition: condition as OutboxCondition | undefined, type, ...times, limit: most };
}

type Times = { readonly since?: string | undefined; readonly until?: string | undefined };

function timeOf(name: keyof Times, values: Times): Date | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw refusal(`--${name} is no time`);
  return time;
}

function referencesOf(ids: readonly string[]): EventReference[] {
  if (ids.length === 0 || ids.length > IDS_MAX) throw refusal(`it takes 1 to ${IDS_MAX} ids`);
  return ids.map((text) => {
    const slash = text.indexOf('/');
    if (slash > 0) return { consumer: text.slice(0, slash), id: text.slice(slash + 1) };
    if (!UUID.test(text)) throw refusal(`"${text}" is no id of an event`);
    return { consumer: null, id: text };
  });
}

const refusal = (reason: string): OperatorRefusal => new OperatorRefusal(`${reason}\n${USAGE}`);
