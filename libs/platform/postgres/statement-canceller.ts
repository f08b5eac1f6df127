import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import pg from 'pg';
import { DatabaseSettings } from './database.settings.js';
import { PostgresConnection } from './postgres-connection.js';
import { messageOf } from './sql-state.js';

/** A server that takes longer to cancel is silent: then the connection is given up instead. In milliseconds. */
const CANCEL_TIMEOUT_MS = 1000;

/**
 * Ends what a server works on for a request that nobody waits for any more. It has one connection of its own: the
 * pool's are all busy just when it matters, and the protocol's own cancel message costs the server a new process each.
 * Cancellations that come together go together.
 */
@Injectable()
export class StatementCanceller implements OnModuleInit, OnApplicationShutdown {
  private readonly pool: pg.Pool;
  private readonly logger = new Logger(StatementCanceller.name);
  private pending: number[] = [];
  private sending: Promise<void> | undefined;

  constructor(
    settings: DatabaseSettings,
    private readonly connection: PostgresConnection,
  ) {
    this.pool = new pg.Pool({
      connectionString: settings.url,
      application_name: 'mainstay-cancel',
      max: 1,
      connectionTimeoutMillis: CANCEL_TIMEOUT_MS,
      query_timeout: CANCEL_TIMEOUT_MS,
      statement_timeout: CANCEL_TIMEOUT_MS,
      idleTimeoutMillis: 0, // it stays: when it is needed, the server may have no slot for a new one
      keepAlive: true,
    });
    this.pool.on('error', () => undefined); // an idle connection that is lost is opened anew
  }

  /**
   * Resolves when the server has been told, or can't be: it never fails. The connection may serve others after that:
   * a signal that finds its backend idle is ignored.
   * @param processId of the backend
   */
  async cancel(processId: number): Promise<void> {
    this.pending.push(processId);
    // Those that come while one message is on its way wait for the next one.
    await this.sending;
    this.sending ??= this.send();
    await this.sending;
  }

  /** Takes its slot of the server with the first connection of the service, and before the pool has taken the others. */
  onModuleInit(): void {
    void this.connection.firstReached.then(() => this.pool.query('SELECT 1')).catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.pool.ending) await this.pool.end();
  }

  private async send(): Promise<void> {
    const processIds = this.pending;
    this.pending = [];
    try {
      if (processIds.length > 0) {
        await this.pool.query('SELECT pg_cancel_backend(pid) FROM unnest($1::int[]) AS pid', [processIds]);
      }
    } catch (error) {
      // The callers give their connections up; the server works on until its own time-outs.
      this.logger.warn(
        `Statements that nobody waits for could not be cancelled (${processIds.length}): ${messageOf(error)}`,
      );
    } finally {
      this.sending = undefined;
    }
  }
}
