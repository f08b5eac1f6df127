import { describe, expect, it } from '@jest/globals';
import { CircuitState } from 'cockatiel';
import fc from 'fast-check';
import { FailureWindow } from './failure-window.js';

const POLICY = { failureRatio: 0.5, callsMin: 20, windowMs: 10_000 };
const SLICE_MS = 1_000;

function aWindow(policy = POLICY) {
  const time = { nowMs: 5_000 };
  const window = new FailureWindow(policy, () => time.nowMs);
  const succeed = (times: number) => {
    for (let call = 0; call < times; call += 1) window.success(CircuitState.Closed);
  };
  const fail = (times: number) => Array.from({ length: times }, () => window.failure(CircuitState.Closed));
  return { time, window, succeed, fail };
}

describe('a failure window', () => {
  it('opens at half of twenty, exactly', () => {
    const { succeed, fail } = aWindow();
    succeed(10);
    expect(fail(10)).toEqual([...Array<boolean>(9).fill(false), true]);
  });

  it('does not open on fewer than the least number of calls, whatever part of them fails', () => {
    expect(aWindow().fail(19)).not.toContain(true);
  });

  it('does not open below its ratio, however many calls fail', () => {
    const { succeed, fail } = aWindow();
    succeed(1_001);
    expect(fail(1_000)).not.toContain(true);
  });

  it('can demand that every call fails', () => {
    const { succeed, fail } = aWindow({ ...POLICY, failureRatio: 1 });
    expect(fail(20).at(-1)).toBe(true);
    succeed(1);
    expect(fail(20)).not.toContain(true);
  });

  it('forgets what is older than the window, also after a silence of an hour', () => {
    const { time, fail } = aWindow();
    fail(19);
    time.nowMs += 3_600_000;
    expect(fail(1)).toEqual([false]);
  });

  it('opens as a plain list of the last ten slices would, for every course of calls', () => {
    const step = fc.record({ afterMs: fc.nat(4_000), failed: fc.boolean(), times: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { time, succeed, fail } = aWindow();
        const seen: { slice: number; failed: boolean }[] = [];
        return steps.every(({ afterMs, failed, times }) => {
          time.nowMs += afterMs;
          const slice = Math.floor(time.nowMs / SLICE_MS);
          for (let call = 0; call < times; call += 1) seen.push({ slice, failed });
          const counted = seen.filter((call) => call.slice > slice - 10);
          const failures = counted.filter((call) => call.failed).length;
          if (!failed) return succeed(times) === undefined;
          return fail(times).at(-1) === (counted.length >= 20 && failures >= counted.length / 2);
        });
      }),
    );
  });
});
