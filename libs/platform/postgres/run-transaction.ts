import type { Pool } from 'pg';
import type { IsolationLevel } from '#kernel/unit-of-work';
import { untilEnd } from '#platform/deadline';
import { wasRefused } from './connection-fitness.js';
import { currentDeadline, lentClient } from './lent-client.js';
import { Opening } from './prepared-query.js';
import type { OwnWrites, Remember } from './replica/own-writes.js';
import type { StatementReports } from './statement-reports.js';
import type { Statement } from './statement.js';
import { COMMIT, Transaction } from './transaction.js';

const begin = (level: string): Statement => ({
  name: `platform.begin:${level.toLowerCase().replace(' ', '-')}`,
  text: `BEGIN ISOLATION LEVEL ${level}`,
});

const OPENING: Record<IsolationLevel, Statement> = {
  'read committed': begin('READ COMMITTED'),
  'repeatable read': begin('REPEATABLE READ'),
  serializable: begin('SERIALIZABLE'),
};
/** What is told of the beginning: how long it takes to get a connection. BEGIN itself goes with the first statement. */
const BEGIN = { name: 'platform.begin' };
const ROLLBACK = { name: 'platform.rollback', text: 'ROLLBACK' };

export interface TransactionTools {
  readonly pool: Pool;
  readonly reports: StatementReports;
  /** Where there is a read replica. */
  readonly ownWrites?: OwnWrites | undefined;
}

/** See `Postgres.inTransaction`. */
export async function runTransaction<T>(
  work: () => Promise<T>,
  isolation: IsolationLevel,
  { pool, reports, ownWrites }: TransactionTools,
): Promise<T> {
  const client = await reports.of(BEGIN, () => lentClient(pool));
  const transaction = new Transaction(client, new Opening(OPENING[isolation]));
  let remember: Remember | undefined;
  try {
    const result = await untilOver(transaction.carry(work));
    currentDeadline()?.throwIfEnded(); // the last moment: a COMMIT that was sent is not taken back
    remember = await commit(transaction, reports, ownWrites);
    return result;
  } catch (error) {
    await rollBack(transaction, reports);
    throw error;
  } finally {
    client.release(!transaction.fit);
    await remember?.(); // where others are told, which may take a while, and needs no connection
  }
}

/** Work that hangs, and asks the database nothing, does not keep its connection longer than its request is wanted. */
function untilOver<T>(work: Promise<T>): Promise<T> {
  const deadline = currentDeadline();
  return deadline ? untilEnd(deadline, work, () => undefined) : work;
}

async function commit(
  transaction: Transaction,
  reports: StatementReports,
  ownWrites: OwnWrites | undefined,
): Promise<Remember | undefined> {
  const command = await reports
    .of(COMMIT, () => committed(transaction, reports))
    .catch(async (error: unknown) => {
      if (!wasRefused(error)) await ownWrites?.mayHaveCommitted();
      throw error;
    });
  if (command !== 'COMMIT') throw new Error('Nothing was committed: a statement had failed, and nobody was told.');
  if (!transaction.begun) return undefined; // nothing was written
  return ownWrites?.committed((ask) => transaction.afterwards(ask));
}

/**
 * What can't be asked to roll back does so by itself, when its connection is closed. The last statement may not have been
 * given up yet: only then is it known whether the server answers at all.
 */
async function rollBack(transaction: Transaction, reports: StatementReports): Promise<void> {
  await transaction.settled();
  if (!transaction.fit) return;
  await reports.of(ROLLBACK, () => transaction.rollBack()).catch(() => undefined);
}

/** What travels with COMMIT is told of by its own name as well; it takes as long. */
function committed(transaction: Transaction, reports: StatementReports): Promise<string> {
  const { closing } = transaction;
  return closing ? reports.of(closing, () => transaction.commit()) : transaction.commit();
}
