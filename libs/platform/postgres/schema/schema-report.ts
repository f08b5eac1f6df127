import { MIGRATIONS_TABLE, PLATFORM_SCHEMA } from '../data-source-options.js';
import { SqlState, sqlStateOf } from '../sql-state.js';
import type { Statement } from '../statement.js';
import type { Ask } from './ask.js';
import { incompatibleSteps } from './compatibility.js';

const APPLIED_MAX = 10_000;

const LIST_APPLIED: Statement = {
  name: 'platform.applied-migrations',
  text: `SELECT name FROM ${PLATFORM_SCHEMA}.${MIGRATIONS_TABLE} ORDER BY id LIMIT ${APPLIED_MAX}`,
};

export interface SchemaReport {
  /**
   * `ahead`: a later version has migrated, and nothing is gone that this one needs. `unknown`: something is, or nobody
   * told; it wins over `pending`, since migrating won't help code that is older than the schema.
   */
  readonly state: 'current' | 'ahead' | 'pending' | 'unknown';
  /** Migrations that the code brings and the database lacks. */
  readonly pending: readonly string[];
  /** Migrations that the database has and the code doesn't know. */
  readonly unknown: readonly string[];
}

/** Whether the code can serve on the schema. */
export const isServable = ({ state }: Pick<SchemaReport, 'state'>): boolean => state === 'current' || state === 'ahead';

/** Compares the migrations that the code knows with those that the database has. */
export async function schemaReport(ask: Ask, known: readonly string[]): Promise<SchemaReport> {
  const applied = await appliedNames(ask);
  const pending = known.filter((name) => !applied.includes(name));
  const unknown = applied.filter((name) => !known.includes(name));
  const incompatible = unknown.length === 0 ? [] : await incompatibleSteps(ask, unknown, known);
  return { state: stateFor({ pending, unknown, incompatible }), pending, unknown };
}

async function appliedNames(ask: Ask): Promise<string[]> {
  try {
    return (await ask<{ name: string }>(LIST_APPLIED)).map(({ name }) => name);
  } catch (error) {
    if (sqlStateOf(error) === SqlState.undefinedTable) return []; // never migrated
    throw error;
  }
}

function stateFor(names: Record<'pending' | 'unknown' | 'incompatible', readonly string[]>): SchemaReport['state'] {
  if (names.incompatible.length > 0) return 'unknown';
  if (names.pending.length > 0) return 'pending';
  return names.unknown.length > 0 ? 'ahead' : 'current';
}
