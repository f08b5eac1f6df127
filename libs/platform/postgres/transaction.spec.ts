import { describe, expect, it } from '@jest/globals';
import type { PoolClient, QueryResult } from 'pg';
import { Opening } from './prepared-query.js';
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

  it('begins with its first statement, and with the next one when the server has not said that it did', async () => {
    const opening = new Opening({ name: 'test.begin', text: 'BEGIN' });
    const transaction = new Transaction(aConnection(), opening);
    const given: (Opening | undefined)[] = [];
    const ask = (confirmed: boolean) =>
      transaction.query(async (_client, first) => {
        given.push(first);
        if (first) first.sent = true;
        if (first && confirmed) first.done = true;
      });
    await ask(false);
    await ask(true);
    await ask(true);

    expect(given).toEqual([opening, opening, undefined]);
  });

  it('is not ended on the server when it has not begun there', async () => {
    const asked: string[] = [];
    const client = { query: (sql: string) => Promise.resolve(asked.push(sql)) } as unknown as PoolClient;
    const opening = () => new Opening({ name: 'test.begin', text: 'BEGIN' });

    expect(await new Transaction(client, opening()).commit()).toBe('COMMIT');
    await new Transaction(client, opening()).rollBack();

    expect(asked).toEqual([]);
  });

  it('closes with one statement, and with none once it is over', async () => {
    const query = { name: 'test.close', text: 'SELECT' };
    const transaction = new Transaction(aConnection());
    transaction.closeWith(query);

    expect(() => transaction.closeWith(query)).toThrow(/one statement/);
    await transaction.rollBack();
    expect(() => new Transaction(aConnection()).closeWith(query)).not.toThrow();
    expect(() => transaction.closeWith(query)).toThrow(/over/);
  });
});
