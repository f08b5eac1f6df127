import { setTimeout as delay } from 'node:timers/promises';
import type { QueryRunner } from 'typeorm';
import { MigrationLockBusy } from './migration-errors.js';

const POLL_MS = 250;
/** Any 64 bits that nobody else in this database takes: derived from a name, so that `pg_locks` can be searched. */
const LOCK_KEY = `hashtextextended('mainstay.migrations', 0)`;

/**
 * Does the work while this session alone holds the lock on migrations; the lock ends with the session at the latest.
 * It is polled for: a session that sleeps inside `pg_advisory_lock` holds a snapshot, for which the other's
 * CREATE INDEX CONCURRENTLY would wait, and neither would ever go on.
 * @throws MigrationLockBusy
 */
export async function underMigrationLock<T>(
  runner: QueryRunner,
  waitMs: number,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  await acquire(runner, waitMs, onWait);
  try {
    return await work();
  } finally {
    // A session that was lost took its lock along.
    await runner.query(`SELECT pg_advisory_unlock(${LOCK_KEY})`).catch(() => undefined);
  }
}

async function acquire(runner: QueryRunner, waitMs: number, onWait: () => void): Promise<void> {
  const giveUpAtMs = performance.now() + waitMs;
  for (let attempt = 1; ; attempt += 1) {
    const rows = (await runner.query(`SELECT pg_try_advisory_lock(${LOCK_KEY}) AS held`)) as { held: boolean }[];
    if (rows[0]?.held === true) return;
    if (performance.now() >= giveUpAtMs) throw new MigrationLockBusy(waitMs);
    if (attempt === 1) onWait();
    await delay(POLL_MS);
  }
}
