/** Regular expressions that no check can read, because they are put together at run time. */
import type { UnreadExpression } from './expressions.ts';
import type { Finding } from './finding.ts';

/** Each by its file and code, with the reason why no input keeps it busy. */
export const KNOWN_UNREAD: Readonly<Record<string, string>> = {
  ['libs/platform/http/edge/allowed-methods.ts new RegExp(`^$' + '{source}$`)']:
    'made of our own routes at start: their texts are escaped, and one class stands for each parameter, none nested',
  'libs/platform/http/conditional/entity-tag.ts new RegExp(LIST_ELEMENT)':
    'a copy of the literal above it, which is judged there: it has a `lastIndex` of its own',
  'tools/remove-module/dependants.ts line.matchAll(DOTTED)': 'the literal above it, which is judged there',
  'tools/supply-chain/own-secrets.ts text.matchAll(pattern)': 'the literals of a table there, each judged there',
};

const TABLE = 'KNOWN_UNREAD in tools/supply-chain/unread-expressions.ts';

/** Expressions of run time without a written reason, and reasons for what is not there any more. */
export function findUnread(unread: readonly UnreadExpression[], known = KNOWN_UNREAD): readonly Finding[] {
  const present = new Set(unread.map(({ key }) => key));
  return [
    ...unread
      .filter(({ key }) => !Object.hasOwn(known, key))
      .map(({ where, key }) => ({
        where,
        problem: `makes a regular expression that can't be read here: ${key.slice(key.indexOf(' ') + 1)}`,
        wayOut: `Write it as a literal and call its \`exec\`, or give the reason why it is linear in ${TABLE}.`,
      })),
    ...Object.keys(known)
      .filter((key) => !present.has(key))
      .map((key) => ({
        where: key,
        problem: 'has a reason, but is not there any more',
        wayOut: `Take it out of ${TABLE}.`,
      })),
  ];
}
