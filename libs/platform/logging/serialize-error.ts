import { CAUSE_DEPTH_MAX, ERRORS_MAX, ERRORS_TOTAL_MAX } from './error-bounds.js';
import { isError, safeText } from './safe-text.js';
import { scrubbed } from './scrub.js';

const STACK_LENGTH_MAX = 8_000;
/** Of a class's name, and of a code: `ERR_JWS_SIGNATURE_VERIFICATION_FAILED`. */
const NAME_LENGTH_MAX = 100;

export interface SerializedError {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code?: string;
  readonly cause?: SerializedError;
  /** Of an AggregateError, the first of them. */
  readonly errors?: readonly SerializedError[];
}

/**
 * An error as a log line may hold it: an allow-list, bounded. The errors of drivers carry statements, parameters and
 * rows, which are other people's data; and their messages may hold a password, which is taken out. Never fails, whatever
 * was thrown: a request waits for its answer.
 */
export const serializeError = (error: unknown): SerializedError => serialize(error, 0, { left: ERRORS_TOTAL_MAX });

function serialize(error: unknown, depth: number, budget: { left: number }): SerializedError {
  budget.left -= 1;
  try {
    return isError(error) ? fieldsOf(error, depth, budget) : valueOf(error);
  } catch {
    return valueOf(error); // it throws when it is looked at
  }
}

const valueOf = (thrown: unknown): SerializedError => ({
  type: typeof thrown,
  message: scrubbed(safeText(thrown)),
  stack: undefined,
});

function fieldsOf(error: Error, depth: number, budget: { left: number }): SerializedError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const goesOn = depth < CAUSE_DEPTH_MAX && budget.left > 0;
  const cause = goesOn && error.cause !== undefined ? serialize(error.cause, depth + 1, budget) : undefined;
  return {
    type: scrubbed(safeText(error.constructor.name), NAME_LENGTH_MAX),
    message: scrubbed(safeText(error.message)),
    stack: error.stack === undefined ? undefined : scrubbed(safeText(error.stack), STACK_LENGTH_MAX),
    ...(code !== undefined && { code: scrubbed(code, NAME_LENGTH_MAX) }),
    ...(cause && { cause }),
    ...(goesOn && error instanceof AggregateError && { errors: someOf(error.errors, depth + 1, budget) }),
  };
}

function someOf(errors: readonly unknown[], depth: number, budget: { left: number }): SerializedError[] {
  const told: SerializedError[] = [];
  for (const error of errors.slice(0, ERRORS_MAX)) if (budget.left > 0) told.push(serialize(error, depth, budget));
  return told;
}
