import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TimeSpent } from './bounds/time-spent.js';
import { DependencyFailure } from './dependency-failure.js';
import { DependencyTimeout, DependencyUnavailable } from './dependency.errors.js';
import { aDependency } from './testing/dependency.builder.js';
import { breaksDown, byHand, failTimes, hangs, READ, refuses, succeeds, WRITE } from './testing/work.js';

/** The promise's fate, looked at without waiting for it. */
function watch<T>(promise: Promise<T>) {
  const seen: { value?: T; error?: unknown; atMs?: number } = {};
  const note = (what: object) => Object.assign(seen, what, { atMs: performance.now() });
  promise.then(
    (value) => note({ value }),
    (error: unknown) => note({ error }),
  );
  return seen;
}

const passTime = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'], now: 0 });
});
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('a call', () => {
  it('gives what the work gives, and is told once', async () => {
    const { dependency, observer } = aDependency();
    const work = async () => {
      await passTime(40);
      return 'answer';
    };
    await expect(dependency.call(work, READ)).resolves.toBe('answer');
    expect(observer.calls).toEqual([
      { dependency: 'recommender', operation: 'test.read', outcome: 'ok', durationSeconds: 0.04, attempts: 1 },
    ]);
  });

  it('passes a rejection through as it is: the dependency has answered', async () => {
    const { dependency, observer } = aDependency();
    const rejection = new DependencyFailure('rejected', 'status 404');
    await expect(dependency.call(() => Promise.reject(rejection), READ)).rejects.toBe(rejection);
    for (let call = 0; call < 100; call += 1) await dependency.call(refuses, READ).catch(() => undefined);
    expect(new Set(observer.outcomes)).toEqual(new Set(['rejected']));
    expect(dependency.state).toBe('closed');
  });

  it('is DependencyUnavailable when the work fails, with the cause', async () => {
    const { dependency, observer } = aDependency();
    const failure = new DependencyFailure('fatal', 'not JSON');
    const attempt = dependency.call(() => Promise.reject(failure), READ);
    await expect(attempt).rejects.toMatchObject({ code: 'platform.dependency-unavailable', cause: failure });
    expect(observer.calls).toMatchObject([{ outcome: 'failed', attempts: 1 }]);
  });

  it('takes an error that nobody declared for a failure, thrown at once or later', async () => {
    const { dependency } = aDependency({ breaker: { callsMin: 2 } });
    const bug = () => {
      throw new TypeError('undefined is not a function');
    };
    await expect(dependency.call(bug, READ)).rejects.toBeInstanceOf(DependencyUnavailable);
    await expect(dependency.call(async () => bug(), READ)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(dependency.state).toBe('open');
  });
});

describe('the time of an attempt', () => {
  it('ends it and aborts its signal, also when the work does not listen', async () => {
    const { dependency, observer } = aDependency();
    const { attempts, work } = byHand();
    const call = watch(dependency.call(work, WRITE));
    await passTime(149);
    expect(attempts[0]?.signal.aborted).toBe(false);
    await passTime(1);
    expect(attempts[0]?.signal.reason).toBeInstanceOf(TimeSpent);
    expect(call).toMatchObject({ atMs: 150 });
    expect(call.error).toBeInstanceOf(DependencyTimeout);
    expect(observer.calls).toMatchObject([{ outcome: 'timeout', attempts: 1, durationSeconds: 0.15 }]);
  });

  it('counts as a failure of the dependency', async () => {
    const { dependency } = aDependency({ breaker: { callsMin: 3 } });
    for (let call = 0; call < 3; call += 1) {
      watch(dependency.call(hangs, WRITE));
      await passTime(150);
    }
    expect(dependency.state).toBe('open');
  });

  it('opens the circuit of a black hole, also where the budget is as short as an attempt', async () => {
    const { dependency } = aDependency({ totalTimeoutMs: 150, breaker: { callsMin: 3 } });
    for (let call = 0; call < 3; call += 1) {
      watch(dependency.call(hangs, READ));
      await passTime(150);
    }
    expect(dependency.state).toBe('open');
  });
});

describe('the time of a call', () => {
  it('bounds attempts and pauses together', async () => {
    const { dependency, observer } = aDependency({ retry: { budgetRatio: 1 } });
    const call = watch(dependency.call(hangs, READ));
    await passTime(300);
    expect(call).toMatchObject({ atMs: 300, error: { code: 'platform.dependency-timeout' } });
    expect(observer.calls).toMatchObject([{ outcome: 'timeout', attempts: 2 }]);
  });

  it('is the caller’s, where that has less left', async () => {
    const { dependency } = aDependency();
    const call = watch(dependency.call(hangs, { ...READ, remainingMs: 40 }));
    await passTime(40);
    expect(call).toMatchObject({ atMs: 40, error: { code: 'platform.dependency-timeout' } });
  });

  it('is not extended by a caller who has more', async () => {
    const { dependency } = aDependency({ attemptTimeoutMs: 300 });
    const call = watch(dependency.call(hangs, { ...READ, remainingMs: 5_000 }));
    await passTime(300);
    expect(call.atMs).toBe(300);
  });

  it.each([0, -5, Number.NaN])('does not ask at all with %d ms left', async (remainingMs) => {
    const { dependency, observer } = aDependency();
    await expect(dependency.call(succeeds, { ...READ, remainingMs })).rejects.toBeInstanceOf(DependencyTimeout);
    expect(observer.calls).toMatchObject([{ outcome: 'timeout', attempts: 0 }]);
  });

  it('is no failure of the dependency when the caller came too late', async () => {
    const { dependency } = aDependency({ breaker: { callsMin: 1 } });
    watch(dependency.call(hangs, { ...READ, remainingMs: 74 }));
    await passTime(74);
    expect(dependency.state).toBe('closed');
    watch(dependency.call(hangs, { ...READ, remainingMs: 76 }));
    await passTime(76);
    expect(dependency.state).toBe('open');
  });

  it('includes the wait for a place', async () => {
    const { dependency, observer } = aDependency({ bulkhead: { concurrentMax: 1 }, attemptTimeoutMs: 300 });
    const { attempts, work } = byHand();
    const first = watch(dependency.call(work, READ));
    const second = watch(dependency.call(succeeds, { ...READ, remainingMs: 100 }));
    await passTime(100);
    expect(second).toMatchObject({ atMs: 100, error: { code: 'platform.dependency-timeout' } });
    expect(observer.calls).toMatchObject([{ outcome: 'timeout', attempts: 0 }]);
    attempts[0]?.succeed();
    await passTime(0);
    expect(first.value).toBe('answer');
  });
});

describe('a caller that leaves', () => {
  it('ends the attempt at once, gets its own reason, and is neither retried nor held against the dependency', async () => {
    const { dependency, observer } = aDependency({ breaker: { callsMin: 1 }, retry: { budgetRatio: 1 } });
    const caller = new AbortController();
    const { attempts, work } = byHand();
    const call = watch(dependency.call(work, { ...READ, signal: caller.signal }));
    await passTime(10);
    const gone = new Error('client gone');
    caller.abort(gone);
    await passTime(0);
    expect(call).toEqual({ error: gone, atMs: 10 });
    expect(attempts.map(({ signal }) => signal.reason as unknown)).toEqual([gone]);
    expect(observer.calls).toMatchObject([{ outcome: 'aborted', attempts: 1 }]);
    expect(dependency.state).toBe('closed');
  });

  it('before the call, asks nothing', async () => {
    const { dependency, observer } = aDependency();
    const gone = new Error('client gone');
    await expect(dependency.call(succeeds, { ...READ, signal: AbortSignal.abort(gone) })).rejects.toBe(gone);
    expect(observer.calls).toMatchObject([{ outcome: 'aborted', attempts: 0 }]);
  });

  it('ends a pause between two attempts', async () => {
    const { dependency, observer } = aDependency({ retry: { budgetRatio: 1, baseDelayMs: 50, maxDelayMs: 50 } });
    const caller = new AbortController();
    const call = watch(dependency.call(breaksDown, { ...READ, signal: caller.signal }));
    await passTime(10);
    caller.abort(new Error('client gone'));
    await passTime(0);
    expect(call).toMatchObject({ atMs: 10, error: { message: 'client gone' } });
    expect(observer.calls).toMatchObject([{ outcome: 'aborted', attempts: 1 }]);
  });

  it('gives up its place in the queue', async () => {
    const { dependency, observer } = aDependency({ bulkhead: { concurrentMax: 1, queuedMax: 1 } });
    const caller = new AbortController();
    watch(dependency.call(hangs, WRITE));
    watch(dependency.call(succeeds, { ...READ, signal: caller.signal }));
    await passTime(0);
    caller.abort();
    await passTime(0);
    const next = watch(dependency.call(succeeds, READ));
    await passTime(150);
    expect(next.value).toBe('answer');
    expect(observer.outcomes).toEqual(['aborted', 'timeout', 'ok']);
  });
});

describe('the bulkhead of a dependency', () => {
  it('refuses at once what finds the queue full', async () => {
    const { dependency, observer } = aDependency({ bulkhead: { concurrentMax: 1, queuedMax: 1 } });
    watch(dependency.call(hangs, WRITE));
    watch(dependency.call(hangs, WRITE));
    await expect(dependency.call(succeeds, READ)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(observer.calls).toMatchObject([{ outcome: 'queue-full', attempts: 0, durationSeconds: 0 }]);
    expect(dependency.load).toEqual({ running: 1, queued: 1 });
    await passTime(300);
    expect(dependency.load).toEqual({ running: 0, queued: 0 });
  });

  it('is no failure of the dependency when it is full', async () => {
    const { dependency } = aDependency({ bulkhead: { concurrentMax: 1, queuedMax: 0 }, breaker: { callsMin: 2 } });
    const { attempts, work } = byHand();
    const running = dependency.call(work, READ);
    for (let call = 0; call < 50; call += 1) await dependency.call(succeeds, READ).catch(() => undefined);
    attempts[0]?.succeed();
    await running;
    expect(dependency.state).toBe('closed');
  });

  it('takes back the place of work that does not obey its signal', async () => {
    const { dependency } = aDependency({ bulkhead: { concurrentMax: 1, queuedMax: 0 } });
    watch(dependency.call(hangs, WRITE));
    await passTime(150);
    await expect(dependency.call(succeeds, READ)).resolves.toBe('answer');
  });
});

describe('the breaker of a dependency', () => {
  it('opens on failures, refuses without asking, and closes by itself through its probes', async () => {
    const { dependency, observer } = aDependency();
    await failTimes(dependency, 20);
    expect(dependency.state).toBe('open');
    let asked = 0;
    const work = async () => void (asked += 1);
    await expect(dependency.call(work, READ)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect([asked, observer.outcomes.at(-1), observer.calls.at(-1)?.attempts]).toEqual([0, 'short-circuited', 0]);

    await passTime(11_000); // openMs, and half of its jitter: 10%
    for (let probe = 0; probe < 3; probe += 1) await dependency.call(work, READ);
    expect([asked, dependency.state]).toEqual([3, 'closed']);
    expect(observer.path).toEqual(['closed>open', 'open>half-open', 'half-open>closed']);
    expect(observer.changes[0]).toMatchObject({ dependency: 'recommender', cause: { message: 'status 503' } });
  });

  it('keeps nobody in the queue of a dependency that it has given up', async () => {
    const { dependency, observer } = aDependency({
      breaker: { callsMin: 1 },
      bulkhead: { concurrentMax: 1, queuedMax: 5 },
    });
    const { attempts, work } = byHand();
    const calls = [work, succeeds, succeeds].map((job) => watch(dependency.call(job, WRITE)));
    await passTime(0);
    attempts[0]?.fail();
    await passTime(0);
    expect(calls.every(({ error }) => error instanceof DependencyUnavailable)).toBe(true);
    expect([...observer.outcomes].sort()).toEqual(['failed', 'short-circuited', 'short-circuited']);
  });

  it('is not closed by a probe whose caller left', async () => {
    const { dependency } = aDependency({ breaker: { probes: 1 } });
    await failTimes(dependency, 20);
    await passTime(11_000);
    const caller = new AbortController();
    watch(dependency.call(hangs, { ...READ, signal: caller.signal }));
    caller.abort();
    await passTime(0);
    expect(dependency.state).toBe('half-open');
    await dependency.call(succeeds, READ);
    expect(dependency.state).toBe('closed');
  });

  it('refuses at once, and not at the end of a queue', async () => {
    const { dependency, observer } = aDependency({ bulkhead: { concurrentMax: 1, queuedMax: 5 } });
    watch(dependency.call(hangs, WRITE));
    await passTime(0);
    const hold = dependency.isolate();
    await expect(dependency.call(succeeds, READ)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(observer.calls).toMatchObject([{ outcome: 'short-circuited', durationSeconds: 0 }]);
    hold.dispose();
    await passTime(150);
  });

  it('can be opened by hand', async () => {
    const { dependency, observer } = aDependency();
    const hold = dependency.isolate();
    await expect(dependency.call(succeeds, READ)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect([dependency.state, observer.outcomes]).toEqual(['isolated', ['short-circuited']]);
    hold.dispose();
    await expect(dependency.call(succeeds, READ)).resolves.toBe('answer');
  });
});
