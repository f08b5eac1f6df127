import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { processIdentity } from './process-identity.ts';
import { Refusal } from './refusal.ts';
import { pollUntil } from './wait.ts';
import { writingIn } from './writable-folder.ts';

/** Bounds the races for a stale lock: each loser starts again. */
const ATTEMPTS_MAX = 10;

export interface LockHolder {
  readonly pid: number;
  /** See {@link processIdentity}: another process with the same pid is not the holder. */
  readonly identity: string;
  /** What the holder does, for people: `npm start`. */
  readonly purpose: string;
}

export interface HeldLock {
  /** Removes the file, if it is still ours. Never throws for a file that is gone. */
  release(): Promise<void>;
}

export type LockAttempt = { readonly lock: HeldLock } | { readonly lock: null; readonly holder: LockHolder };

/**
 * Takes the lock, or says who has it. A file whose holder is dead is taken over.
 * @throws Refusal when its folder takes no writes, or other processes keep winning the race for a stale file
 */
export async function tryLock(path: string, purpose: string): Promise<LockAttempt> {
  const own: LockHolder = { pid: process.pid, identity: (await processIdentity(process.pid)) ?? '', purpose };
  const content = JSON.stringify(own);
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
    if (await writingIn(dirname(path), () => createWhole(path, content)))
      return { lock: { release: () => removeIfSame(path, content) } };
    const found = await readFile(path, 'utf8').catch(() => null);
    if (found === null) continue;
    const holder = parseHolder(found);
    if (holder && (await processIdentity(holder.pid)) === holder.identity) return { lock: null, holder };
    await removeIfSame(path, found);
  }
  throw new Refusal(`The lock ${path} could not be taken: several processes compete for it. Try again.`);
}

/** Runs the work under the lock, after a bounded wait for whoever has it. */
export async function withLock<T>(
  path: string,
  { purpose, timeoutMs, signal }: { purpose: string; timeoutMs: number; signal?: AbortSignal | undefined },
  work: () => Promise<T>,
): Promise<T> {
  let holder: LockHolder | undefined;
  const ask = async () => {
    const attempt = await tryLock(path, purpose);
    if (!attempt.lock) holder = attempt.holder;
    return attempt.lock;
  };
  const lock = await pollUntil(ask, { timeoutMs, signal });
  if (!lock) {
    const who = holder ? `process ${holder.pid} (${holder.purpose})` : 'another process';
    throw new Refusal(`${path} is held by ${who} for more than ${timeoutMs / 1000} s. End it, and try again.`);
  }
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** The text of a lock file as a holder, null for anything else. */
export function parseHolder(text: string): LockHolder | null {
  try {
    const { pid, identity, purpose } = JSON.parse(text) as Partial<LockHolder>;
    return typeof pid === 'number' && typeof identity === 'string' ? { pid, identity, purpose: String(purpose) } : null;
  } catch {
    return null;
  }
}

/** Makes the file with all of its content in one step, so that no reader ever finds half a lock. */
async function createWhole(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}.draft`; // one for each call: two of one process may be under way
  await writeFile(draft, content, { mode: 0o644 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Removes the file only while it has this content. It is moved aside before it is compared: between a read and an
 * unlink another process could have put its own fresh lock there.
 */
async function removeIfSame(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.aside`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== content) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}
