import { sqlStateOf } from './sql-state.js';

/**
 * Answers of the server after which a connection that still works must not be used again:
 * 25006 a write was refused because a failover left us on a standby; 0A000 a prepared statement whose result type
 * a migration changed; 26000 a prepared statement that a pooler between us and the server has forgotten. A new
 * connection cures each, so to the caller they are a database that is unavailable for a moment.
 */
export const CONDEMNING_STATES: ReadonlySet<string> = new Set(['25006', '0A000', '26000']);
const CONNECTION_LOST_STATE = /^08...$|^57P0[1-5]$/;

/**
 * Whether a connection may serve others after this error. An ordinary refusal of the server (a violated constraint, a
 * cancelled statement) leaves it sound: to reconnect for each would let a client's 409s empty the pool. Anything that
 * isn't the server's own answer (a socket's error, a read timeout with the answer still to come) condemns it.
 */
export function isFitAfter(error: unknown): boolean {
  const state = sqlStateOf(error);
  return state !== null && !CONDEMNING_STATES.has(state) && !CONNECTION_LOST_STATE.test(state);
}

/** Whether the server has said no, on a connection that still works: what was asked for in one flight is not done either. */
export const wasRefused = (error: unknown): boolean =>
  isFitAfter(error) || (error instanceof Error && isFitAfter(error.cause));
