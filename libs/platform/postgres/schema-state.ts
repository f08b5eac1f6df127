import { Injectable } from '@nestjs/common';
import { MIGRATIONS_TABLE, PLATFORM_SCHEMA } from './data-source-options.js';
import { loadMigrations, registeredMigrationFolders } from './migration-folders.js';
import { Postgres } from './postgres.js';
import { SqlState, sqlStateOf } from './sql-state.js';
import type { Statement } from './statement.js';

/** How long an answer other than `current` holds: probes may ask more often than Postgres should be asked. */
export const SCHEMA_RECHECK_MS = 1_000;

const APPLIED_MAX = 10_000;

const LIST_APPLIED: Statement = {
  name: 'platform.applied-migrations',
  text: `SELECT name FROM ${PLATFORM_SCHEMA}.${MIGRATIONS_TABLE} ORDER BY id LIMIT ${APPLIED_MAX}`,
};

export interface SchemaReport {
  /** `unknown` wins when both lists hold names: then the code is older than the schema, and migrating won't help. */
  readonly state: 'current' | 'pending' | 'unknown';
  /** Migrations that the code brings and the database lacks. */
  readonly pending: readonly string[];
  /** Migrations that the database has and the code doesn't know. */
  readonly unknown: readonly string[];
}

/** Compares the migrations that the code knows with those that the database has. */
@Injectable()
export class SchemaState {
  private known: Promise<readonly string[]> | null = null;
  private latest: { readonly report: Promise<SchemaReport>; readonly askedAtMs: number; current: boolean } | null =
    null;

  constructor(private readonly postgres: Postgres) {}

  /**
   * Once current it stays so, and costs nothing: a newer release may migrate while this one serves. Callers at the
   * same time share one query, and the pool's time-outs bound it.
   * @throws DatabaseUnavailable, DatabaseTimeout
   */
  check(): Promise<SchemaReport> {
    const nowMs = performance.now();
    if (this.latest && (this.latest.current || nowMs - this.latest.askedAtMs < SCHEMA_RECHECK_MS)) {
      return this.latest.report;
    }
    const latest = { report: this.compare(), askedAtMs: nowMs, current: false };
    this.latest = latest;
    return latest.report.then((report) => {
      latest.current = report.state === 'current';
      return report;
    });
  }

  private async compare(): Promise<SchemaReport> {
    const known = await (this.known ??= knownMigrations());
    const applied = await this.applied();
    const pending = known.filter((name) => !applied.includes(name));
    const unknown = applied.filter((name) => !known.includes(name));
    const state = unknown.length > 0 ? 'unknown' : pending.length > 0 ? 'pending' : 'current';
    return { state, pending, unknown };
  }

  private async applied(): Promise<string[]> {
    try {
      const { rows } = await this.postgres.query<{ name: string }>(LIST_APPLIED);
      return rows.map(({ name }) => name);
    } catch (error) {
      if (sqlStateOf(error) === SqlState.undefinedTable) return [];
      throw error;
    }
  }
}

const knownMigrations = async (): Promise<readonly string[]> =>
  (await loadMigrations(registeredMigrationFolders())).map(({ name }) => name);
