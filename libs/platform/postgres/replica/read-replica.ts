import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import pg, { type PoolClient, type QueryConfig } from 'pg';
import type { Deadline } from '#platform/deadline';
import { ControlConnection } from '../control-connection.js';
import { replicaPoolOptions, spreadLifetimes } from '../data-source-options.js';
import { DatabaseUnavailable } from '../database.errors.js';
import { DatabaseSettings } from '../database.settings.js';
import { runOn, withClient } from '../lent-client.js';
import type { Answer } from '../prepared-query.js';
import { StatementReports } from '../statement-reports.js';
import type { PoolStats } from '../statement.js';
import { STARTED_AT } from './server-position.js';
import { withinShare } from './within-share.js';

const ELSEWHERE = 'DATABASE_READ_URL leads to another server than the one that is watched.';

/**
 * The server of DATABASE_READ_URL: a pool, and a connection beside it that watches. Both are opened when they are first
 * needed. Connections that lead to another server than the one that is watched answer nothing: what is known of one says
 * nothing of the other.
 */
@Injectable()
export class ReadReplica implements OnApplicationShutdown {
  /** Of its statements, apart from the primary's. */
  readonly reports: StatementReports;
  readonly control: ControlConnection;
  /** When the server was started that is watched now. */
  private watched: string | undefined;
  private readonly servers = new WeakMap<PoolClient, string>();
  private readonly pool: pg.Pool;
  private readonly logger = new Logger(ReadReplica.name);

  constructor(private readonly settings: DatabaseSettings) {
    this.reports = new StatementReports(settings.readUrl);
    this.control = new ControlConnection(settings.readUrl, 'mainstay-read-watch');
    this.pool = new pg.Pool(replicaPoolOptions(settings));
    spreadLifetimes(this.pool, settings.connectionLifetimeSeconds);
    this.pool.on('error', (error) =>
      this.logger.warn(`An idle connection to the read replica was lost: ${error.message}`),
    );
  }

  /**
   * Runs one statement, once, for no longer than DATABASE_READ_TIMEOUT_MS, and with time left to ask elsewhere.
   * @throws what `Postgres.query` throws
   */
  query(query: QueryConfig & { readonly name: string }): Promise<Answer> {
    const { pool, settings } = this;
    return this.reports.of(query, () =>
      withinShare(settings.readTimeoutMs, (share) =>
        withClient(pool, (client) => this.askOn(client, query, share), share),
      ),
    );
  }

  /** From now on nobody else answers. */
  isWatched(startedAt: string): void {
    this.watched = startedAt;
  }

  poolStats(): PoolStats {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.pool;
    return { total, idle, waiting, max: this.settings.readPoolMax };
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.control.close(), this.pool.ending ? undefined : this.pool.end()]);
  }

  private async askOn(client: PoolClient, query: QueryConfig, share: Deadline): Promise<Answer> {
    const server = this.servers.get(client) ?? (await this.serverOf(client, share));
    // It is closed then, as one that is lost is; the next one may lead to where it should.
    if (server !== this.watched) throw new DatabaseUnavailable({ cause: new Error(ELSEWHERE) });
    return runOn(client, query, this.control, { deadline: share });
  }

  /** Once for each connection, before its first statement. */
  private async serverOf(client: PoolClient, share: Deadline): Promise<string | undefined> {
    const { rows } = await runOn(client, { text: `SELECT ${STARTED_AT} AS started_at` }, this.control, {
      deadline: share,
    });
    const server = (rows as { started_at: string }[])[0]?.started_at;
    if (server !== undefined) this.servers.set(client, server);
    return server;
  }
}
