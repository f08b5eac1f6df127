import { pino, type LogFn, type Logger, type LoggerOptions } from 'pino';
import { isOfItsOwn } from './line-of-its-own.js';
import { redactArgument } from './redact.js';
import type { RepeatedLines } from './repeated-lines.js';
import { isError, safeGet, safeText } from './safe-text.js';
import { scrubbed } from './scrub.js';

type LogMethod = NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>;

/** Whoever turned these on wants to see each. */
const { debug: SEEN_ALL, fatal: NEVER_SUPPRESSED } = pino.levels.values as Readonly<Record<'debug' | 'fatal', number>>;

/**
 * Stands before each line that is enabled; a line of its own passes by at once. No line throws: whoever writes one has a
 * request to answer.
 */
export const lineHook = (repeated: RepeatedLines | undefined): LogMethod =>
  function (this: Logger, args, method, level) {
    try {
      if (isOfItsOwn(args[0]) || isAdmitted(this, args, method, level, repeated)) method.apply(this, args);
    } catch (fault) {
      tellOf(this, method, fault);
    }
  };

function isAdmitted(
  logger: Logger,
  args: Parameters<LogFn>,
  write: LogFn,
  level: number,
  repeated: RepeatedLines | undefined,
): boolean {
  const { fields, at, message: said } = partsOf(args);
  const message = said === undefined ? '' : scrubbed(said);
  if (said !== undefined) args[at] = message;
  for (let index = at + 1; index < args.length; index += 1) args[index] = redactArgument(args[index]);
  if (!repeated || level <= SEEN_ALL || level >= NEVER_SUPPRESSED) return true;
  return repeated.admits({ logger, write, level, fields, message });
}

/** Of a line that could not be written, as much as is safe: where it was asked for is in the stack. */
function tellOf(logger: Logger, method: LogFn, fault: unknown): void {
  try {
    method.call(logger, { err: fault }, 'a log line could not be written');
  } catch {
    // Nothing is left that could tell.
  }
}

/** pino takes `(message)`, `(error)`, `(fields)` and `(fields, message)`. */
function partsOf(args: readonly unknown[]): { fields: unknown; at: 0 | 1; message: string | undefined } {
  const [first, second] = args;
  if (typeof first === 'string') return { fields: undefined, at: 0, message: first };
  if (typeof first !== 'object') return { fields: undefined, at: 0, message: safeText(first) };
  if (typeof second === 'string') return { fields: first, at: 1, message: second };
  // pino would take the message of the error as the line's, as it is.
  const error = errorIn(first);
  return { fields: first, at: 1, message: error && safeText(safeGet(error, 'message')) };
}

function errorIn(fields: unknown): Error | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  const error = safeGet(fields, 'err') ?? fields;
  return isError(error) ? error : undefined;
}
