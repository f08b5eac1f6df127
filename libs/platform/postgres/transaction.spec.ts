import { describe, expect, it } from '@jest/globals';
import type { PoolClient, QueryResult } from 'pg';
import { Transaction } from './transaction.js';

const OF_THE_SERVER = Object.assign(new Error('canceling statement due to user request'), { code: '57014' });

/** A connection on which the statements that are named fail by the server's own word, which leaves a connection sound. */
function aConnection(...failing: readonly string[]): PoolClient {
  const query = (sql: string): Promise<Partial<QueryResult>> =>
    failing.includes(sql) ? Promise.reject(OF_THE_SERVER) : Promise.resolve({ command: sql });
  return { query } as unknown as PoolClient;
}

describe('the connection of a transaction', () => {
  it('serves others after a COMMIT', async () => {
    const transaction = new Transaction(aConnection());

    await transaction.commit();

    expect(transaction.fit).toBe(true);
  });

  it('serves others after a statement that was cancelled, and a ROLLBACK', async () => {
    const transaction = new Transaction(aConnection('SELECT'));
    await expect(transaction.query((client) => client.query('SELECT'))).rejects.toBe(OF_THE_SERVER);

    await transaction.rollBack();

    expect(transaction.fit).toBe(true);
  });

  it('serves nobody after a ROLLBACK that was cancelled: it is still inside', async () => {
    const transaction = new Transaction(aConnection('ROLLBACK'));

    await expect(transaction.rollBack()).rejects.toBe(OF_THE_SERVER);

    expect(transaction.fit).toBe(false);
  });

  it('takes no statement once it is over', async () => {
    const transaction = new Transaction(aConnection());
    await transaction.commit();

    expect(() => transaction.query((client) => client.query('SELECT'))).toThrow(/over/);
  });
});
