import { join } from 'node:path';
import { type HeldLock, tryLock } from '../process/lock-file.ts';
import { Refusal } from '../process/refusal.ts';

/** One at a time owns the checkout's services: whoever holds this lock may start and stop them. */
export function sessionLockPath(checkout: string): string {
  return join(checkout, '.data', 'start.lock');
}

/** @throws Refusal that names the process which has the services now */
export async function takeSession(checkout: string, purpose: string): Promise<HeldLock> {
  const attempt = await tryLock(sessionLockPath(checkout), purpose);
  if (attempt.lock) return attempt.lock;
  const { pid, purpose: what } = attempt.holder;
  throw new Refusal(
    `The services of this checkout are in use already: by process ${pid} (${what}).\n` +
      `Use that one, or end it (Ctrl-C in its terminal, or: kill ${pid}) and start again.`,
  );
}
