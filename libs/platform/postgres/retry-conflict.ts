import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseConflict } from './database.errors.js';
import { SqlState, sqlStateOf } from './sql-state.js';

/** Deadlocks and serialization failures end at once, and are nearly always gone at the second try. */
const TRIES_MAX = 3;
const PAUSE_MAX_MS = 20;

/** Not a lock that was not free in time: its wait was the patience that there is. */
const REPEATABLE: ReadonlySet<string | null> = new Set([SqlState.serializationFailure, SqlState.deadlockDetected]);

/**
 * Repeats a unit of work that lost to others, a few times, after pauses of random length. Only for a unit that is
 * carried out wholly or not at all, and from its beginning: a statement outside of a transaction, or a transaction.
 * @param mayRepeat asked after a failure: whether the unit is safe to begin again
 */
export async function retryConflict<T>(unit: () => Promise<T>, mayRepeat = (): boolean => true): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await unit();
    } catch (error) {
      if (tries === TRIES_MAX || !hasLost(error) || !mayRepeat()) throw error;
    }
    await delay(Math.random() * PAUSE_MAX_MS * tries);
  }
}

/** By pg's own error, or by the fact that it has become on its way out. */
const hasLost = (error: unknown): boolean =>
  REPEATABLE.has(sqlStateOf(error instanceof DatabaseConflict ? error.cause : error));
