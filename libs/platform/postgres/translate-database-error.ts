import { AppError } from '#kernel/app-error';
import { CONDEMNING_STATES } from './connection-fitness.js';
import { DatabaseConflict, DatabaseTimeout, DatabaseUnavailable } from './database.errors.js';
import { codeOf, messageOf, SqlState, sqlStateOf } from './sql-state.js';

const TIMEOUT_STATES: ReadonlySet<string> = new Set([SqlState.queryCanceled, SqlState.idleInTransactionTimeout]);

/**
 * By class and by code: 08 connection exception, 53 insufficient resources (53300: too many connections),
 * 57P01–57P05 the server is going down or starting, 28 refused credentials (a rotation that is half done),
 * 3D000 no such database (a restore that is half done).
 */
const UNAVAILABLE_STATE = /^(?:08|53|28)...$|^57P0[1-5]$|^3D000$/;

const CONFLICT_STATES: ReadonlySet<string> = new Set([
  SqlState.serializationFailure,
  SqlState.deadlockDetected,
  SqlState.lockNotAvailable,
]);

/** What Node says of a socket or a name that fails. */
const NETWORK_CODES: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENOENT', // no socket file
]);

/** pg and pg-pool give these no code; the texts are theirs (pg 8.23, pg-pool 3), and a test meets each for real. */
const READ_TIMEOUT_TEXT = 'Query read timeout';
const UNAVAILABLE_TEXTS: readonly string[] = [
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
  'Driver not Connected',
];

/**
 * The wall for vendor errors: an absent database and a slow one become facts with their cause kept; anything else is
 * returned as it is, for the adapter to translate or for the edge to call internal.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const state = sqlStateOf(error);
  if (state !== null) return translateState(state, error);
  const code = codeOf(error);
  if (code !== null && NETWORK_CODES.has(code)) return new DatabaseUnavailable({ cause: error });
  return translateText(error);
}

function translateState(state: string, cause: unknown): unknown {
  if (TIMEOUT_STATES.has(state)) return new DatabaseTimeout({ cause });
  if (CONFLICT_STATES.has(state)) return new DatabaseConflict({ cause });
  if (UNAVAILABLE_STATE.test(state) || CONDEMNING_STATES.has(state)) return new DatabaseUnavailable({ cause });
  return cause;
}

function translateText(error: unknown): unknown {
  const message = messageOf(error);
  if (message === READ_TIMEOUT_TEXT) return new DatabaseTimeout({ cause: error });
  if (UNAVAILABLE_TEXTS.some((text) => message.startsWith(text))) return new DatabaseUnavailable({ cause: error });
  return error;
}
