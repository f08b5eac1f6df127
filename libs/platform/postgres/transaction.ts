import { AsyncLocalStorage } from 'node:async_hooks';
import type { PoolClient, QueryResult } from 'pg';
import { isFitAfter } from './connection-fitness.js';

const storage = new AsyncLocalStorage<Transaction>();

/** The transaction that the current code is a part of, if there is one. */
export const currentTransaction = (): Transaction | undefined => storage.getStore();

/** One connection between its BEGIN and its end. Statements run one after the other, also when nobody waits for them. */
export class Transaction {
  private last: Promise<unknown> = Promise.resolve();
  private open = true;
  private sound = true;

  constructor(private readonly client: PoolClient) {}

  /** Whether the connection may serve others: no statement has left it in doubt. */
  get fit(): boolean {
    return this.sound;
  }

  /** Everything asynchronous that `work` starts takes part. */
  carry<T>(work: () => Promise<T>): Promise<T> {
    return storage.run(this, work);
  }

  /** @throws Error when the transaction is over: then somebody has not awaited what he began in it */
  query(ask: (client: PoolClient) => Promise<QueryResult>): Promise<QueryResult> {
    if (!this.open) throw new Error('The transaction is over: a statement in it was begun, and not awaited.');
    return this.next(ask);
  }

  /** Takes no more, and waits for what is still running: after that, {@link fit} is the last word. */
  async settled(): Promise<void> {
    this.open = false;
    await this.last;
  }

  /** Waits for what is still running, and takes no more; then everything is kept. */
  async commit(): Promise<QueryResult> {
    this.open = false;
    return this.next((client) => client.query('COMMIT'));
  }

  /**
   * Takes no more, waits for what is still running, and undoes it all. A connection whose ROLLBACK fails, be it because an
   * operator's cancellation hit that of all statements, is still inside of the transaction: the next one to borrow it
   * would be refused everything.
   */
  async rollBack(): Promise<void> {
    this.open = false;
    await this.next((client) => client.query('ROLLBACK')).catch((error: unknown) => {
      this.sound = false;
      throw error;
    });
  }

  /** On the same connection, when it has ended: what fails then changes nothing of what it has done. */
  async afterwards(ask: (client: PoolClient) => Promise<QueryResult>): Promise<QueryResult> {
    return this.next(ask);
  }

  private next(ask: (client: PoolClient) => Promise<QueryResult>): Promise<QueryResult> {
    const result = this.last.then(() => ask(this.client));
    this.last = result.catch((error: unknown) => {
      this.sound &&= isFitAfter(error);
    });
    return result;
  }
}
