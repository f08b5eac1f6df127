import type { IncomingHttpHeaders } from 'node:http';
import { pathOf } from '#platform/context';
import { clip } from './clip.js';

const VALUE_LENGTH_MAX = 128;
const PATH_LENGTH_MAX = 256;
const QUERY_PARAMETERS_MAX = 20;
/** What parameters are called. Anything else may be a secret that stands where a name belongs: `?eyJhbGciOi…`. */
const PARAMETER_NAME = /^[A-Za-z_][\w.[\]-]{0,39}$/;
const NAMELESS = '[nameless]';

/** The path alone, bounded. */
export const loggedPath = (url: string): string => clip(pathOf(url), PATH_LENGTH_MAX);

/** The query's parameters by name, where it is one; values only of the allowed ones. Undefined where there is no query. */
export function loggedQuery(url: string, allowed: ReadonlySet<string>): Record<string, string> | undefined {
  const start = url.indexOf('?');
  if (start === -1) return undefined;
  const logged: Record<string, string> = {};
  let count = 0;
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    if (++count > QUERY_PARAMETERS_MAX) break;
    if (allowed.has(name)) logged[name] = clip(value, VALUE_LENGTH_MAX);
    else logged[PARAMETER_NAME.test(name) ? name : NAMELESS] = '[redacted]';
  }
  return logged;
}

/** The allowed headers that the request has. */
export function loggedHeaders(headers: IncomingHttpHeaders, allowed: readonly string[]): Record<string, string> {
  const logged: Record<string, string> = {};
  for (const name of allowed) {
    const value = headers[name];
    if (typeof value === 'string') logged[name] = clip(value, VALUE_LENGTH_MAX);
  }
  return logged;
}
