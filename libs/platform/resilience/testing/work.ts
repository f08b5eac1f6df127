import { DependencyFailure } from '../dependency-failure.js';
import type { Work } from '../call-options.js';
import type { Dependency } from '../dependency.js';

export const READ = { operation: 'test.read', idempotent: true } as const;
export const WRITE = { operation: 'test.write', idempotent: false } as const;

export const succeeds: Work<string> = () => Promise.resolve('answer');
export const breaksDown: Work<never> = () => Promise.reject(new DependencyFailure('retryable', 'status 503'));
export const refuses: Work<never> = () => Promise.reject(new DependencyFailure('rejected', 'status 404'));
/** Neither answers nor listens to its signal. */
export const hangs: Work<never> = () => new Promise<never>(() => undefined);

/** One attempt after the other as the script says; what lies beyond it succeeds. */
export function scripted(...script: readonly Work<string>[]) {
  const run = { attempts: 0 };
  const work: Work<string> = (attempt) => (script[run.attempts++] ?? succeeds)(attempt);
  return { run, work };
}

/** Work that a test ends by hand, each attempt of it. */
export function byHand() {
  const attempts: { signal: AbortSignal; succeed: () => void; fail: () => void }[] = [];
  const work: Work<string> = ({ signal }) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    attempts.push({
      signal,
      succeed: () => resolve('answer'),
      fail: () => reject(new DependencyFailure('retryable', 'status 503')),
    });
    return promise;
  };
  return { attempts, work };
}

/** Calls that fill the retry budget: ten pay for one retry at 10%. */
export async function earnRetries(dependency: Dependency, calls = 10): Promise<void> {
  for (let call = 0; call < calls; call += 1) await dependency.call(succeeds, WRITE);
}

/** So many failed calls, one after the other, without a retry. */
export async function failTimes(dependency: Dependency, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) await dependency.call(breaksDown, WRITE).catch(() => undefined);
}
