import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { DependencyFailure } from './dependency-failure.js';
import { DependencyUnavailable } from './dependency.errors.js';
import type { Work } from './call-options.js';
import { aDependency } from './testing/dependency.builder.js';
import { breaksDown, earnRetries, hangs, READ, refuses, scripted, succeeds, WRITE } from './testing/work.js';

const asksToWait =
  (retryAfterMs: number): Work<never> =>
  () =>
    Promise.reject(new DependencyFailure('retryable', 'status 429', { retryAfterMs }));

const passTime = (ms: number) => jest.advanceTimersByTimeAsync(ms);

/** A retry for each call is paid for: what stands in its way is something else. */
const RICH = { budgetRatio: 1 };

describe('a retry', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'], now: 0 });
  });
  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  const ended = async <T>(promise: Promise<T>, withinMs = 300): Promise<PromiseSettledResult<T> | undefined> => {
    const both = Promise.allSettled([promise]);
    await passTime(withinMs);
    return (await both)[0];
  };

  it('comes after a drawn pause, and mends the call', async () => {
    const { dependency, observer } = aDependency({ retry: RICH }, () => 0.5);
    const { run, work } = scripted(breaksDown);
    const call = dependency.call(work, READ);
    await passTime(9);
    expect(run.attempts).toBe(1);
    await passTime(1);
    expect(run.attempts).toBe(2);
    await expect(call).resolves.toBe('answer');
    expect(observer.calls).toMatchObject([{ outcome: 'ok', attempts: 2, durationSeconds: 0.01 }]);
  });

  it('comes after an attempt that took too long, too', async () => {
    const { dependency } = aDependency({ retry: RICH });
    const { work } = scripted(hangs);
    expect(await ended(dependency.call(work, READ))).toMatchObject({ status: 'fulfilled', value: 'answer' });
  });

  it.each([
    ['the call may not be repeated', breaksDown, WRITE],
    ['the failure is fatal', () => Promise.reject(new DependencyFailure('fatal', 'not JSON')), READ],
    ['the dependency said no', refuses, READ],
    ['the error was not foreseen', () => Promise.reject(new TypeError('a bug')), READ],
  ] as const)('does not come when %s', async (_reason, first, options) => {
    const { dependency } = aDependency({ retry: RICH });
    const { run, work } = scripted(first);
    expect((await ended(dependency.call(work, options)))?.status).toBe('rejected');
    expect(run.attempts).toBe(1);
  });

  it('comes no more often than the policy says, and the last failure is the cause', async () => {
    const { dependency, observer } = aDependency({ retry: { ...RICH, attemptsMax: 3 } });
    await earnRetries(dependency);
    const last = new DependencyFailure('retryable', 'the third');
    const { run, work } = scripted(breaksDown, breaksDown, () => Promise.reject(last), succeeds);
    const result = await ended(dependency.call(work, READ));
    expect(result).toMatchObject({ status: 'rejected', reason: { cause: last } });
    expect([run.attempts, observer.outcomes.at(-1)]).toEqual([3, 'failed']);
  });

  it('waits as long as Retry-After asks', async () => {
    const { dependency } = aDependency({ retry: RICH }, () => 0);
    const { run, work } = scripted(asksToWait(200));
    const call = dependency.call(work, READ);
    await passTime(199);
    expect(run.attempts).toBe(1);
    await passTime(1);
    await expect(call).resolves.toBe('answer');
  });

  it('does not come when Retry-After asks for more than is left, and the call ends at once', async () => {
    const { dependency, observer } = aDependency({ retry: RICH }, () => 0);
    await expect(dependency.call(asksToWait(300), READ)).rejects.toBeInstanceOf(DependencyUnavailable);
    const late = { ...READ, remainingMs: 100 };
    await expect(dependency.call(asksToWait(100), late)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(observer.calls).toMatchObject(Array(2).fill({ attempts: 1, outcome: 'failed', durationSeconds: 0 }));
  });

  it('does not come when its pause would outlast the call', async () => {
    const { dependency } = aDependency({ retry: { ...RICH, baseDelayMs: 50 } }, () => 1);
    const { run, work } = scripted(breaksDown);
    const late = { ...READ, remainingMs: 50 };
    await expect(dependency.call(work, late)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(run.attempts).toBe(1);
  });

  it('does not come when the circuit has opened meanwhile', async () => {
    const { dependency, observer } = aDependency({ retry: RICH, breaker: { callsMin: 1 } });
    await expect(dependency.call(breaksDown, READ)).rejects.toBeInstanceOf(DependencyUnavailable);
    expect(observer.calls).toMatchObject([{ outcome: 'failed', attempts: 1 }]);
  });

  it('must be paid for: one for ten calls', async () => {
    const { dependency } = aDependency();
    await earnRetries(dependency, 9);
    const { run, work } = scripted(breaksDown, breaksDown);
    await ended(dependency.call(work, READ)); // the tenth call pays for its own retry
    expect(run.attempts).toBe(2);
    await ended(dependency.call(scripted(breaksDown).work, READ));
    expect(run.attempts).toBe(2);
  });
});

describe('attempts of many calls', () => {
  const quick = { baseDelayMs: 0, maxDelayMs: 0 };

  it('are at most 1.1 times the calls when half of them fail', async () => {
    const { dependency, observer } = aDependency({ retry: quick, breaker: { failureRatio: 1 } });
    let attempts = 0;
    const work: Work<string> = (signal) => (attempts++ % 2 === 0 ? breaksDown(signal) : succeeds(signal));
    for (let call = 0; call < 300; call += 1) await dependency.call(work, READ).catch(() => undefined);
    expect(attempts).toBeLessThanOrEqual(330);
    expect(attempts).toBeGreaterThan(320);
    expect(observer.calls.reduce((sum, call) => sum + call.attempts, 0)).toBe(attempts);
  });

  it('are at most (1 + ratio) times the calls, and attemptsMax for each, for every course of failures', async () => {
    const course = fc.array(fc.constantFrom('ok', 'fails', 'rejects'), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(
        course,
        fc.constantFrom(0, 0.1, 0.25, 1),
        fc.integer({ min: 1, max: 4 }),
        async (ends, ratio, max) => {
          const { dependency, observer } = aDependency({
            retry: { ...quick, budgetRatio: ratio, attemptsMax: max },
            breaker: { callsMin: 1_000 },
          });
          let attempts = 0;
          const work: Work<string> = (signal) => {
            const end = ends[attempts++ % ends.length];
            if (end === 'ok') return succeeds(signal);
            return end === 'fails' ? breaksDown(signal) : refuses(signal);
          };
          for (let call = 0; call < 30; call += 1) await dependency.call(work, READ).catch(() => undefined);
          expect(attempts).toBeLessThanOrEqual(30 * (1 + ratio));
          expect(Math.max(...observer.calls.map((call) => call.attempts))).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 40 },
    );
  });
});
