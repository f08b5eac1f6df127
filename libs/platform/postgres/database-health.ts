import { Injectable } from '@nestjs/common';
import { HealthContributor, type HealthState } from '#platform/health';
import { AppError } from '#kernel/app-error';
import { DatabaseSettings } from './database.settings.js';
import { PostgresConnection } from './postgres-connection.js';
import { Postgres } from './postgres.js';
import { RoleRights } from './role-rights.js';
import { isServable, type SchemaReport } from './schema/schema-report.js';
import { SchemaState } from './schema/schema-state.js';
import type { Statement } from './statement.js';

const PING: Statement = { name: 'platform.ping', text: 'SELECT 1' };

/** Names of migrations that a report lists at most. */
const NAMES_MAX = 20;

/** What the probes and the operations page learn of the database. */
@Injectable()
export class DatabaseHealth extends HealthContributor {
  override readonly name = 'database';

  constructor(
    private readonly settings: DatabaseSettings,
    private readonly connection: PostgresConnection,
    private readonly schema: SchemaState,
    private readonly postgres: Postgres,
    private readonly rights: RoleRights,
  ) {
    super();
  }

  /**
   * Ready once Postgres has been reached and its schema is one that the code can serve on. A Postgres that goes away later is no reason to
   * take every replica out of the balancer at once: what needs it answers 503, and the rest is served.
   */
  override async readiness(): Promise<HealthState> {
    if (this.settings.url === undefined) return { status: 'up', store: 'memory' };
    if (!this.connection.reached) return { status: 'down', reason: 'not reached yet' };
    return stateOf(await this.schema.check());
  }

  override async details(): Promise<HealthState> {
    if (this.settings.url === undefined) return { status: 'up', store: 'memory' };
    try {
      const leastPrivilege = await this.rights.areLeast();
      const pool = this.postgres.poolStats();
      const startedAtMs = performance.now();
      await this.postgres.query(PING);
      const latencyMs = Math.round((performance.now() - startedAtMs) * 10) / 10;
      return { ...stateOf(await this.schema.check()), leastPrivilege, latencyMs, pool };
    } catch (error) {
      const reason = error instanceof AppError ? error.code : 'unknown';
      return { status: 'down', reason, pool: this.postgres.poolStats() };
    }
  }
}

const stateOf = (report: SchemaReport): HealthState => {
  const { state, pending, unknown } = report;
  if (state === 'current') return { status: 'up', schema: state };
  const names = { pending: pending.slice(0, NAMES_MAX), unknown: unknown.slice(0, NAMES_MAX) };
  return { status: isServable(report) ? 'up' : 'down', schema: state, ...names };
};
