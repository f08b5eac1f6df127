import type { MigrationInterface, QueryRunner } from 'typeorm';
import { PLATFORM_SCHEMA } from '../data-source-options.js';
import { SqlState, sqlStateOf } from '../sql-state.js';
import type { Statement } from '../statement.js';
import { timestampOf } from './migration-folders.js';
import { makeReadOnly } from './read-only-table.js';
import type { Ask } from './ask.js';

/**
 * A migration, and what it asks of code that is older than it. Without `compatibleSince` it only expands: it adds what
 * older code does not notice, and a version before it serves on its schema, in a rolling deploy or after a rollback.
 */
export interface SchemaMigration extends MigrationInterface {
  /**
   * For a step that contracts (drops, renames, tightens): the name of the migration from which on code does without
   * what it takes away. Code that does not know that one refuses to serve on this schema.
   */
  readonly compatibleSince?: string;
}

const STEPS = `${PLATFORM_SCHEMA}.migration_steps`;

/** Kept beside TypeORM's table of migrations, for the older code that has to judge a newer schema. */
const CREATE_STEPS = `
  CREATE TABLE IF NOT EXISTS ${STEPS} (
    name text PRIMARY KEY,
    compatible_since text
  )`;

const RECORD_STEP = `
  INSERT INTO ${STEPS} (name, compatible_since) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET compatible_since = excluded.compatible_since`;

const LIST_STEPS: Statement = {
  name: 'platform.migration-steps',
  text: `SELECT name, compatible_since AS "compatibleSince" FROM ${STEPS} WHERE name = ANY($1)`,
};

interface Step {
  readonly name: string;
  readonly compatibleSince: string | null;
}

export async function prepareSteps(runner: QueryRunner): Promise<void> {
  await runner.query(CREATE_STEPS);
  await makeReadOnly(runner, STEPS);
}

/** In the transaction of the migration itself. */
export async function recordStep(runner: QueryRunner, { name, compatibleSince }: SchemaMigration): Promise<void> {
  await runner.query(RECORD_STEP, [name, compatibleSince ?? null]);
}

/**
 * Those of the unknown migrations that code with the known ones cannot live with: they took away what it may need; nobody
 * said of them what they do; or they are older than what the code knows, and so of no later version of it, but of another
 * line of development or another service.
 */
export async function incompatibleSteps(
  ask: Ask,
  unknown: readonly string[],
  known: readonly string[],
): Promise<string[]> {
  const latest = Math.max(0, ...known.map(timestampOf));
  const steps = new Map((await stepsOf(ask, unknown)).map((step) => [step.name, step]));
  return unknown.filter((name) => {
    const step = steps.get(name);
    if (step === undefined || timestampOf(name) < latest) return true;
    return step.compatibleSince !== null && !known.includes(step.compatibleSince);
  });
}

async function stepsOf(ask: Ask, names: readonly string[]): Promise<Step[]> {
  try {
    return await ask<Step>(LIST_STEPS, [names]);
  } catch (error) {
    if (sqlStateOf(error) === SqlState.undefinedTable) return []; // migrated by code from before there was such a table
    throw error;
  }
}
