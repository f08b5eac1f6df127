import { Logger } from '@nestjs/common';
import pg from 'pg';
import { messageOf } from './sql-state.js';

/** A server that takes longer for what is little is silent. In milliseconds, for the connection as for an answer. */
const CONTROL_TIMEOUT_MS = 1000;

/**
 * One connection to one server, for what must not wait for the pool: its connections are all busy just when it matters.
 * Above all it ends what the server works on for a request that nobody waits for any more; the protocol's own cancel
 * message would cost the server a new process each. Cancellations that come together go together.
 */
export class ControlConnection {
  private readonly pool: pg.Pool;
  private readonly logger = new Logger(ControlConnection.name);
  private pending: number[] = [];
  private sending: Promise<void> | undefined;

  constructor(url: string | undefined, applicationName: string) {
    this.pool = new pg.Pool({
      connectionString: url,
      application_name: applicationName,
      max: 1,
      connectionTimeoutMillis: CONTROL_TIMEOUT_MS,
      query_timeout: CONTROL_TIMEOUT_MS,
      statement_timeout: CONTROL_TIMEOUT_MS,
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

  /**
   * Asks something that the server answers at once.
   * @throws Error of pg, as it is
   */
  async ask<Row extends object>(sql: string): Promise<Row | undefined> {
    return (await this.pool.query<Row>(sql)).rows[0];
  }

  async close(): Promise<void> {
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
