import { Injectable, type OnModuleInit } from '@nestjs/common';
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
export class SchemaState implements OnModuleInit {
  private known: Promise<readonly string[]> | null = null;
  private latest: Check | null = null;

  constructor(private readonly postgres: Postgres) {}

  /** While the database is being reached: a start waits for both. What can not be loaded is told by the first check. */
  onModuleInit(): void {
    this.knownMigrations().catch(() => undefined);
  }

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
    const known = await this.knownMigrations();
    const ask: Ask = async <Row>(...[statement, values]: Parameters<Ask>) =>
      (await this.postgres.query<Row>(statement, values)).rows;
    return schemaReport(ask, known);
  }

  private knownMigrations(): Promise<readonly string[]> {
    this.known ??= namesIn(registeredMigrationFolders()).catch((error: unknown) => {
      this.known = null;
      throw error;
    });
    return this.known;
  }
}

const namesIn = async (folders: readonly string[]): Promise<readonly string[]> =>
  (await loadMigrations(folders)).map(({ name }) => name);
