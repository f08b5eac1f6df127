import { isFitAfter } from '../connection-fitness.js';
import { DatabaseConflict, DatabaseTimeout, DatabaseUnavailable } from '../database.errors.js';
import { sqlStateOf } from '../sql-state.js';

/**
 * The replica has not replayed a migration yet that the statement builds on: no such table, column, schema, function.
 */
const BEHIND_STATES: ReadonlySet<string | null> = new Set(['42P01', '42703', '3F000', '42883']);

/**
 * Whether a statement failed for the replica's sake, so that the primary may well answer it: it is away, silent or full,
 * cancelled the statement because its replay was in the way (40001, 40P01), or is behind the schema. What ended the
 * request, and an error of the statement's own, is no such fault.
 * @param fact what `StatementReports` throws
 */
export function isFaultOfReplica(fact: unknown): boolean {
  return isSilence(fact) || fact instanceof DatabaseConflict || BEHIND_STATES.has(sqlStateOf(fact));
}

/**
 * Whether the fault makes the replica doubtful for all, until it has answered again: it is away, or silent. A statement
 * that the server itself gave up, after its own bound, was answered by one that is there.
 */
export const makesDoubtful = (fact: unknown): boolean =>
  fact instanceof DatabaseUnavailable || (fact instanceof DatabaseTimeout && !isFitAfter(fact.cause));

const isSilence = (fact: unknown): fact is DatabaseUnavailable | DatabaseTimeout =>
  fact instanceof DatabaseUnavailable || fact instanceof DatabaseTimeout;
