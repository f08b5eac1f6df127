import { AsyncLocalStorage } from 'node:async_hooks';
import type { PoolClient, QueryConfig, QueryResult } from 'pg';
import { isFitAfter } from './connection-fitness.js';
import type { Opening } from './prepared-query.js';
import { run } from './run-until-end.js';

/** A prepared statement with its values. */
export type NamedQuery = QueryConfig & { readonly name: string };

export const COMMIT = { name: 'platform.commit', text: 'COMMIT' };

const storage = new AsyncLocalStorage<Transaction>();

/** The transaction that the current code is a part of, if there is one. */
export const currentTransaction = (): Transaction | undefined => storage.getStore();

/**
 * One connection between its BEGIN, which goes with the first statement, and its end. Statements run one after the
 * other, also when nobody waits for them.
 */
export class Transaction {
  private last: Promise<unknown> = Promise.resolve();
  private open = true;
  private sound = true;
  private closingStatement: NamedQuery | undefined;

  /** @param opening what it begins with; without one it has begun */
  constructor(
    private readonly client: PoolClient,
    private readonly opening?: Opening,
  ) {}

  /** Whether the connection may serve others: no statement has left it in doubt. */
  get fit(): boolean {
    return this.sound;
  }

  /** Everything asynchronous that `work` starts takes part. */
  carry<T>(work: () => Promise<T>): Promise<T> {
    return storage.run(this, work);
  }

  /** @throws Error when the transaction is over: then somebody has not awaited what he began in it */
  query<T>(ask: (client: PoolClient, opening?: Opening) => Promise<T>): Promise<T> {
    if (!this.open) throw new Error('The transaction is over: a statement in it was begun, and not awaited.');
    return this.next((client) => ask(client, this.due));
  }

  /**
   * Has the statement travel with COMMIT. It is asked for no answer: what makes it fail undoes the transaction.
   * @throws Error when the transaction is over, or closes with another one
   */
  closeWith(statement: NamedQuery): void {
    if (!this.open) throw new Error('The transaction is over: a statement in it was begun, and not awaited.');
    if (this.closingStatement) throw new Error('A transaction closes with one statement.');
    this.closingStatement = statement;
  }

  get closing(): NamedQuery | undefined {
    return this.closingStatement;
  }

  /** Whether the server may know of it: else there is nothing to be ended. */
  get begun(): boolean {
    return this.opening?.sent ?? true;
  }

  /** Takes no more, and waits for what is still running: after that, {@link fit} is the last word. */
  async settled(): Promise<void> {
    this.open = false;
    await this.last;
  }

  /**
   * Waits for what is still running, and takes no more; then everything is kept.
   * @returns what the server has made of it: `ROLLBACK` when a statement had failed
   */
  async commit(): Promise<string> {
    await this.settled();
    const { closing } = this;
    if (closing) {
      await this.next((client) => run(client, closing, { opening: this.due, closing: COMMIT }));
      return 'COMMIT'; // where a statement had failed, this one would have, too
    }
    if (!this.begun) return 'COMMIT'; // of nothing
    return (await this.next((client) => client.query('COMMIT'))).command;
  }

  /**
   * Takes no more, waits for what is still running, and undoes it all. A connection whose ROLLBACK fails, be it because an
   * operator's cancellation hit that of all statements, is still inside of the transaction: the next one to borrow it
   * would be refused everything.
   */
  async rollBack(): Promise<void> {
    await this.settled();
    if (!this.begun) return;
    await this.next((client) => client.query('ROLLBACK')).catch((error: unknown) => {
      this.sound = false;
      throw error;
    });
  }

  /** On the same connection, when it has ended: what fails then changes nothing of what it has done. */
  async afterwards(ask: (client: PoolClient) => Promise<QueryResult>): Promise<QueryResult> {
    return this.next(ask);
  }

  /** What has to go in front of the next statement. */
  private get due(): Opening | undefined {
    return this.opening?.done === false ? this.opening : undefined;
  }

  private next<T>(ask: (client: PoolClient) => Promise<T>): Promise<T> {
    const result = this.last.then(() => ask(this.client));
    this.last = result.catch((error: unknown) => {
      this.sound &&= isFitAfter(error);
    });
    return result;
  }
}
