import type { PoolClient, Pool } from 'pg';
import type { IsolationLevel } from '#kernel/unit-of-work';
import { untilEnd } from '#platform/deadline';
import { DatabaseConflict } from './database.errors.js';
import { currentDeadline, lentClient, runOn } from './lent-client.js';
import type { OwnWrites, Remember } from './replica/own-writes.js';
import type { Canceller } from './run-until-end.js';
import type { StatementReports } from './statement-reports.js';
import { Transaction } from './transaction.js';

const begin = (level: string) => ({ name: 'platform.begin', text: `BEGIN ISOLATION LEVEL ${level}` });

const BEGIN = {
  'read committed': begin('READ COMMITTED'),
  'repeatable read': begin('REPEATABLE READ'),
  serializable: begin('SERIALIZABLE'),
} satisfies Record<IsolationLevel, object>;
const COMMIT = { name: 'platform.commit', text: 'COMMIT' };
const ROLLBACK = { name: 'platform.rollback', text: 'ROLLBACK' };

export interface TransactionTools {
  readonly pool: Pool;
  readonly canceller: Canceller;
  readonly reports: StatementReports;
  /** Where there is a read replica. */
  readonly ownWrites?: OwnWrites | undefined;
}

/** See `Postgres.inTransaction`. */
export async function runTransaction<T>(
  work: () => Promise<T>,
  isolation: IsolationLevel,
  { pool, canceller, reports, ownWrites }: TransactionTools,
): Promise<T> {
  const client = await reports.of(BEGIN[isolation], () => begun(pool, BEGIN[isolation].text, canceller));
  const transaction = new Transaction(client);
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

async function begun(pool: Pool, sql: string, canceller: Canceller): Promise<PoolClient> {
  const client = await lentClient(pool);
  try {
    await runOn(client, { text: sql }, canceller);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function commit(
  transaction: Transaction,
  reports: StatementReports,
  ownWrites: OwnWrites | undefined,
): Promise<Remember | undefined> {
  const { command } = await reports
    .of(COMMIT, () => transaction.commit())
    .catch(async (error: unknown) => {
      if (!(error instanceof DatabaseConflict)) await ownWrites?.mayHaveCommitted();
      throw error;
    });
  if (command !== 'COMMIT') throw new Error('Nothing was committed: a statement had failed, and nobody was told.');
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
