import { runProgram } from '../process/run-program.ts';
import { Refusal } from '../process/refusal.ts';

/** The account that Postgres' programs run as: null for one's own. */
export type PostgresAccount = { readonly uid: number; readonly gid: number } | null;

const LOOKUP_TIMEOUT_MS = 5_000;

/**
 * Postgres refuses to run as root. Then its programs run as `nobody`, which every Unix has: no account is made on a
 * machine that isn't ours.
 */
export async function postgresAccount(): Promise<PostgresAccount> {
  if (process.geteuid?.() !== 0) return null;
  const [uid, gid] = await Promise.all([idOfNobody('-u'), idOfNobody('-g')]);
  return { uid, gid };
}

async function idOfNobody(which: '-u' | '-g'): Promise<number> {
  const outcome = await runProgram('id', [which, 'nobody'], { timeoutMs: LOOKUP_TIMEOUT_MS }).catch(() => null);
  const id = Number(outcome?.output || Number.NaN);
  if (outcome?.code !== 0 || !Number.isSafeInteger(id) || id === 0) {
    throw new Refusal(
      'Postgres refuses to run as root, and this system has no user `nobody` to run it as.\n' +
        'Start as an ordinary user, or set DATABASE_URL to a server of your own.',
    );
  }
  // macOS says 4294967294 for -2; process spawning takes a signed 32-bit number.
  return id | 0;
}
