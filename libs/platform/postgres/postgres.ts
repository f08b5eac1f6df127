import { Injectable } from '@nestjs/common';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { currentRequest } from '#platform/context';
import { ClientDisconnected, type Deadline, DeadlineExceeded, untilEnd } from '#platform/deadline';
import { isFitAfter } from './connection-fitness.js';
import { DatabaseTimeout, DatabaseUnavailable } from './database.errors.js';
import { DatabaseSettings } from './database.settings.js';
import { PostgresConnection } from './postgres-connection.js';
import { retryConflict } from './retry-conflict.js';
import { runUntilEnd } from './run-until-end.js';
import { StatementCanceller } from './statement-canceller.js';
import type { PoolStats, Statement, StatementObserver, StatementOutcome, StatementResult } from './statement.js';
import { translateDatabaseError } from './translate-database-error.js';

/**
 * Prepared SQL through TypeORM's own pool, for adapters on hot paths. An ORM's query builder costs more than twice
 * the time of the query that it builds.
 */
@Injectable()
export class Postgres {
  private readonly observers: StatementObserver[] = [];

  constructor(
    private readonly connection: PostgresConnection,
    private readonly settings: DatabaseSettings,
    private readonly canceller: StatementCanceller,
  ) {}

  /**
   * Runs one statement, for no longer than the current request is wanted: then the server stops working on it.
   * @throws DeadlineExceeded, ClientDisconnected when the request is over
   * @throws DatabaseUnavailable when Postgres can't be reached, or no connection is free in time
   * @throws DatabaseTimeout when the statement took longer than allowed
   * @throws DatabaseConflict when it lost to others, also when it was repeated, or waited too long for a lock
   * @throws Error of pg, as it is, for anything else: see `isUniqueViolation`
   */
  async query<Row>(statement: Statement, values: readonly unknown[] = []): Promise<StatementResult<Row>> {
    const startedAtMs = performance.now();
    const query = { name: statement.name, text: statement.text, values: values as unknown[] };
    try {
      const result = await retryConflict(() => this.run({ ...query }));
      this.report(statement, 'ok', startedAtMs);
      return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
    } catch (error) {
      const fact = translateDatabaseError(error);
      const over = currentDeadline()?.reason;
      // A database that is away counts as that, also when the request's time ended with it.
      this.report(
        statement,
        over && !(fact instanceof DatabaseUnavailable) ? 'cancelled' : outcomeOf(fact),
        startedAtMs,
      );
      throw over ?? fact;
    }
  }

  /** Every finished statement is told to the observer, from now on. */
  observe(observer: StatementObserver): void {
    this.observers.push(observer);
  }

  poolStats(): PoolStats {
    const max = this.settings.poolMax;
    if (!this.connection.reached) return { total: 0, idle: 0, waiting: 0, max };
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.connection.pool;
    return { total, idle, waiting, max };
  }

  private async run(query: QueryConfig): Promise<QueryResult> {
    const deadline = currentDeadline();
    if (!deadline) return this.withClient(this.connection.pool.connect(), (client) => client.query(query));
    deadline.throwIfEnded();
    const free = untilEnd(deadline, this.connection.pool.connect(), (client) => client.release());
    return this.withClient(free, (client) => runUntilEnd(client, query, deadline, this.canceller));
  }

  /** The one place that takes a connection: today a free one of the pool, for this statement alone. */
  private async withClient<T>(free: Promise<PoolClient>, work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await free;
    let fit = true;
    try {
      return await work(client);
    } catch (error) {
      fit = isFitAfter(error);
      throw error;
    } finally {
      client.release(!fit);
    }
  }

  private report(statement: Statement, outcome: StatementOutcome, startedAtMs: number): void {
    if (this.observers.length === 0) return;
    const call = { operation: statement.name, outcome, durationSeconds: (performance.now() - startedAtMs) / 1_000 };
    for (const observer of this.observers) observer(call);
  }
}

const currentDeadline = (): Deadline | undefined => currentRequest()?.deadline;

function outcomeOf(fact: unknown): StatementOutcome {
  if (fact instanceof DeadlineExceeded || fact instanceof ClientDisconnected) return 'cancelled';
  if (fact instanceof DatabaseUnavailable) return 'unavailable';
  return fact instanceof DatabaseTimeout ? 'timeout' : 'rejected'; // a lost race too: the server has answered
}
