import { Injectable } from '@nestjs/common';
import { Postgres } from '../postgres.js';
import type { Ask } from './ask.js';
import { loadMigrations, registeredMigrationFolders } from './migration-folders.js';
import { isServable, schemaReport, type SchemaReport } from './schema-report.js';

/** How long an answer that forbids to serve holds: probes may ask more often than Postgres should be asked. */
export const SCHEMA_RECHECK_MS = 1_000;

interface Check {
  readonly report: Promise<SchemaReport>;
  readonly askedAtMs: number;
  servable: boolean;
}

/** Whether the code of this process can serve on the schema that the database has. */
@Injectable()
export class SchemaState {
  private known: readonly string[] | null = null;
  private latest: Check | null = null;

  constructor(private readonly postgres: Postgres) {}

  /**
   * Once it can be served on, it stays so, and costs nothing: a newer release may migrate while this one serves. Callers
   * at the same time share one query, and the pool's time-outs bound it.
   * @throws DatabaseUnavailable, DatabaseTimeout
   */
  check(): Promise<SchemaReport> {
    const nowMs = performance.now();
    if (this.latest && (this.latest.servable || nowMs - this.latest.askedAtMs < SCHEMA_RECHECK_MS)) {
      return this.latest.report;
    }
    const latest: Check = { report: this.compare(), askedAtMs: nowMs, servable: false };
    this.latest = latest;
    return latest.report.then((report) => {
      latest.servable = isServable(report);
      return report;
    });
  }

  private async compare(): Promise<SchemaReport> {
    this.known ??= await knownMigrations();
    const known = this.known;
    const ask: Ask = async <Row>(...[statement, values]: Parameters<Ask>) =>
      (await this.postgres.query<Row>(statement, values)).rows;
    return schemaReport(ask, known);
  }
}

const knownMigrations = async (): Promise<readonly string[]> =>
  (await loadMigrations(registeredMigrationFolders())).map(({ name }) => name);
