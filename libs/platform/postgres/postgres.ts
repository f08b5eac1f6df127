import { Injectable, Optional } from '@nestjs/common';
import type { PoolClient, QueryConfig } from 'pg';
import type { IsolationLevel } from '#kernel/unit-of-work';
import { DatabaseSettings } from './database.settings.js';
import { runOn, withClient } from './lent-client.js';
import { PostgresConnection } from './postgres-connection.js';
import type { Answer, Opening } from './prepared-query.js';
import { OwnWrites } from './replica/own-writes.js';
import { TolerantReads } from './replica/tolerant-reads.js';
import { retryConflict } from './retry-conflict.js';
import { runTransaction } from './run-transaction.js';
import { StatementCanceller } from './statement-canceller.js';
import { StatementReports } from './statement-reports.js';
import type { PoolStats, Statement, StatementObserver, StatementResult } from './statement.js';
import { currentTransaction, type NamedQuery } from './transaction.js';

/**
 * Prepared SQL through TypeORM's own pool, for adapters on hot paths. An ORM's query builder costs more than twice
 * the time of the query that it builds.
 */
@Injectable()
export class Postgres {
  private readonly reports: StatementReports;

  constructor(
    private readonly connection: PostgresConnection,
    private readonly settings: DatabaseSettings,
    private readonly canceller: StatementCanceller,
    @Optional() private readonly tolerantReads?: TolerantReads,
    @Optional() private readonly ownWrites?: OwnWrites,
  ) {
    this.reports = new StatementReports(settings.url);
  }

  /**
   * Runs one statement, for no longer than the current request is wanted: then the server stops working on it. Inside
   * of {@link inTransaction} it is a part of that. One that tolerates staleness may be answered by the read replica,
   * where there is one, outside of transactions.
   * @throws DeadlineExceeded, ClientDisconnected when the request is over
   * @throws DatabaseUnavailable when Postgres can't be reached, or no connection is free in time
   * @throws DatabaseTimeout when the statement took longer than allowed
   * @throws DatabaseConflict when it lost to others, also when it was repeated, or waited too long for a lock
   * @throws Error of pg, as it is, for anything else: see `isUniqueViolation`
   */
  query<Row>(statement: Statement, values: readonly unknown[] = []): Promise<StatementResult<Row>> {
    const query = { name: statement.name, text: statement.text, values: values as unknown[] };
    const reads = statement.consistency === undefined ? undefined : this.tolerantReads;
    const answer =
      reads && !currentTransaction() ? reads.answer(query, () => this.fromPrimary(query)) : this.fromPrimary(query);
    return answer as Promise<StatementResult<Row>>;
  }

  /**
   * Runs a statement with the COMMIT of the current transaction, in one flight: the last thing in it, of which nobody needs
   * the answer. It is bounded as COMMIT is, and not by the current request. What makes it fail undoes the transaction, and
   * is thrown by {@link inTransaction}. Outside of one it runs at once.
   * @throws Error when the transaction closes with another statement already
   */
  async queryAtCommit(statement: Statement, values: readonly unknown[] = []): Promise<void> {
    const transaction = currentTransaction();
    if (!transaction) return void (await this.query(statement, values));
    transaction.closeWith({ name: statement.name, text: statement.text, values: values as unknown[] });
  }

  /**
   * Runs `work` in a transaction: every statement that it sends, or anything that it calls. It is committed when the
   * work ends well, and before the current request's time is over; else it is rolled back. Where there is a read
   * replica, the request's caller is known from then on to have written.
   * @throws what `work` throws, and what {@link query} does; when the connection breaks in COMMIT, that is
   * DatabaseUnavailable too, and nobody can tell what became of it
   * @throws Error inside of another transaction, or when the work hid the failure of a statement
   */
  async inTransaction<T>(work: () => Promise<T>, isolation: IsolationLevel = 'read committed'): Promise<T> {
    if (currentTransaction()) throw new Error('A transaction does not begin inside of another.');
    const { reports, ownWrites } = this;
    return runTransaction(work, isolation, { pool: this.connection.pool, reports, ownWrites });
  }

  /** Every finished statement is told to the observer, from now on. */
  observe(observer: StatementObserver): void {
    this.reports.observe(observer);
  }

  poolStats(): PoolStats {
    const max = this.settings.poolMax;
    if (!this.connection.reached) return { total: 0, idle: 0, waiting: 0, max };
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.connection.pool;
    return { total, idle, waiting, max };
  }

  private fromPrimary(query: NamedQuery): Promise<Answer> {
    return this.reports.of(query, () => this.run(query));
  }

  /** A transaction that lost to others is lost as a whole; outside of one, the statement is the whole. */
  private run(query: QueryConfig): Promise<Answer> {
    const ask = (client: PoolClient, opening?: Opening) => runOn(client, query, this.canceller, { opening });
    return (
      currentTransaction()?.query(ask) ?? retryConflict(() => withClient(this.connection.pool, (client) => ask(client)))
    );
  }
}
