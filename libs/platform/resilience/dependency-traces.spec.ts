import { describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { DependencyObserver } from './dependency-observer.js';
import type { Work } from './call-options.js';
import { Dependency } from './dependency.js';
import { aDependency, aPolicy } from './testing/dependency.builder.js';
import { breaksDown, hangs, READ, refuses, succeeds } from './testing/work.js';

/** Forgets at once: what is left in memory is the dependency's own. */
class Forgetful extends DependencyObserver {
  override called(): void {}
  override changed(): void {}
}

const listenersOn = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

/** More at a time than run and wait: some find the queue full. */
const BATCH = 100;

/** Each ends a call in another way. */
const ENDINGS: Readonly<Record<string, Work<string>>> = { succeeds, refuses, breaksDown, hangs };

describe('what a call leaves behind', () => {
  it.each(Object.entries(ENDINGS))('is no listener, when the work %s', async (_name, work) => {
    const { dependency } = aDependency({ attemptTimeoutMs: 5, totalTimeoutMs: 20, retry: { budgetRatio: 1 } });
    const caller = new AbortController();
    const seen: AbortSignal[] = [];
    const noted: Work<string> = (attempt) => {
      seen.push(attempt.signal);
      return work(attempt);
    };
    await dependency.call(noted, { ...READ, signal: caller.signal }).catch(() => undefined);
    expect(listenersOn(caller.signal)).toBe(0);
    expect(seen.map(listenersOn)).toEqual(seen.map(() => 0));
  });

  it('is no listener when many calls of one caller are aborted together, running and waiting', async () => {
    const { dependency } = aDependency({ bulkhead: { concurrentMax: 10, queuedMax: 40 } });
    const caller = new AbortController();
    const calls = Array.from({ length: 50 }, () => dependency.call(hangs, { ...READ, signal: caller.signal }));
    expect(listenersOn(caller.signal)).toBe(50);
    caller.abort(new Error('client gone'));
    const ends = await Promise.allSettled(calls);
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true);
    expect(listenersOn(caller.signal)).toBe(0);
    expect(dependency.load).toEqual({ running: 0, queued: 0 });
  });

  it('is no memory: it stays flat over 100,000 calls of every kind', async () => {
    const breaker = { openMs: 1, callsMin: 5 }; // opens and closes all the time
    const dependency = new Dependency(aPolicy({ breaker, retry: { baseDelayMs: 0, maxDelayMs: 0 } }), {
      observer: new Forgetful(),
    });
    const caller = new AbortController();
    const works = [succeeds, succeeds, breaksDown, refuses];
    const run = async (calls: number) => {
      for (let done = 0; done < calls; done += BATCH) {
        const batch = Array.from({ length: BATCH }, (_, index) =>
          dependency.call(works[(done + index) % works.length] ?? succeeds, { ...READ, signal: caller.signal }),
        );
        await Promise.allSettled(batch);
      }
    };
    await run(20_000); // the engine has compiled, and its heap has found its size
    const before = await heapBytes();
    await run(100_000);
    expect((await heapBytes()) - before).toBeLessThan(2 * 1024 * 1024); // 20 bytes for each call would be more
    expect(listenersOn(caller.signal)).toBe(0);
  });
});

/** The heap after a collection, which Node offers without a flag through `v8`. */
async function heapBytes(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  collect();
  return process.memoryUsage().heapUsed;
}
