import { scrubbed } from './scrub.js';
import { CENSOR, isSecretName } from './secret-names.js';
import { serializeError } from './serialize-error.js';

/** How deep a line is looked through: its fields, and the fields of those. */
const DEPTH_MAX = 2;
/** Has a serializer of its own. */
const ERROR_FIELD = 'err';

/**
 * The fields of a log line without secrets: the last line of defence, behind logging allowed fields only. The object
 * itself is given back where there is nothing to hide, which is nearly always. (pino's own `redact` parses its paths
 * for each line: as much time as all the rest of the line.)
 */
export function redactSecrets(fields: Record<string, unknown>, depth = 1): Record<string, unknown> {
  let clean = fields;
  for (const name in fields) {
    const value = fields[name];
    const kept = isSecretName(name) ? CENSOR : cleanOf(name, value, depth);
    if (kept === value) continue;
    if (clean === fields) clean = { ...fields };
    clean[name] = kept;
  }
  return clean;
}

function cleanOf(name: string, value: unknown, depth: number): unknown {
  if (typeof value === 'string') return scrubbed(value);
  if (typeof value !== 'object' || value === null || name === ERROR_FIELD) return value;
  if (value instanceof Error) return serializeError(value); // as an object it would tell all that a driver puts into it
  return depth < DEPTH_MAX && isPlain(value) ? redactSecrets(value, depth + 1) : value;
}

/** What stands in a message by `%s` or `%j`. */
export function redactArgument(argument: unknown): unknown {
  if (typeof argument === 'string') return scrubbed(argument);
  if (argument instanceof Error) return serializeError(argument).message;
  return typeof argument === 'object' && argument !== null && isPlain(argument) ? redactSecrets(argument) : argument;
}

const isPlain = (value: object): value is Record<string, unknown> => Object.getPrototypeOf(value) === Object.prototype;
