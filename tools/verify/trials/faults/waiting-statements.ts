import { pollUntil } from '../../../process/wait.ts';
import { type Database, rowsOf } from '../../stage/databases.ts';

/** Above every bound that a trial asks for, and below those of the database in these trials. */
const WATCHED_MS = 6_000;

const WAITING = `
  SELECT count(*)::int AS waiting FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'mainstay' AND wait_event_type = 'Lock'`;

/** How many statements of the service wait for a lock on the server. */
export async function waitingIn({ adminUrl }: Database): Promise<number> {
  const [row] = await rowsOf<{ waiting: number }>(adminUrl, WAITING);
  return row?.waiting ?? NaN;
}

/** Resolves when so many wait. @throws Error when they don't within 6 s */
export async function untilWaiting(database: Database, count: number): Promise<void> {
  const look = async (): Promise<true | null> => (await waitingIn(database)) >= count || null;
  if (await pollUntil(look, { timeoutMs: WATCHED_MS })) return;
  throw new Error(`${await waitingIn(database)} statements wait, and not ${count}.`);
}

/** How long it takes until no statement waits any more, in milliseconds; at most some 6 s. */
export async function untilNobodyWaits(database: Database): Promise<number> {
  const startedAtMs = performance.now();
  const look = async (): Promise<true | null> => (await waitingIn(database)) === 0 || null;
  await pollUntil(look, { timeoutMs: WATCHED_MS });
  return performance.now() - startedAtMs;
}
