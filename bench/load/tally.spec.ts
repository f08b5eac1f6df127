import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Expectation } from './expectation.js';
import { Tally } from './tally.js';
import { plannedRequest } from './testing/local-server.js';

const expectation = new Expectation(plannedRequest());
const answer = (status: number, body = '{}') => ({ status, body: Buffer.from(body), isLast: false });

describe('the tally of a run', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  const answered = (tally: Tally, given: ReturnType<typeof answer> | Error) =>
    tally.answered(given, expectation, performance.now());

  it('counts all answers by status, and what is as planned in a second of its time', () => {
    const tally = new Tally({ durationMs: 500, connections: 1, bearable: [503] });
    for (const status of [200, 200, 503]) answered(tally, answer(status));

    expect(tally.result()).toMatchObject({ answers: 3, statuses: { 200: 2, 503: 1 }, goodPerSecond: 4, fault: null });
  });

  it('does not count as good what came before it counts, or after the end', () => {
    const tally = new Tally({ durationMs: 200, countFromMs: 100, connections: 1 });
    for (const atMs of [50, 150, 250]) {
      jest.advanceTimersByTime(atMs - tally.elapsedMs);
      answered(tally, answer(200));
    }

    expect(tally.result()).toMatchObject({ answers: 3, goodPerSecond: 10 });
  });

  it('tells how long answers took from when they were asked for', () => {
    const tally = new Tally({ durationMs: 500, connections: 1 });
    const sentAtMs = performance.now();
    jest.advanceTimersByTime(100);
    tally.answered(answer(200), expectation, sentAtMs);

    expect(Math.abs(tally.result().p50Ms / 100 - 1)).toBeLessThan(0.02);
  });

  it('goes on until its time is over', () => {
    const tally = new Tally({ durationMs: 200, connections: 1 });
    jest.advanceTimersByTime(199);
    expect(tally.goesOn).toBe(true);
    jest.advanceTimersByTime(1);

    expect(tally.goesOn).toBe(false);
  });

  it.each([
    ['an answer of a status that it can not bear', answer(500, 'oops'), 'Expected 200 {}\nbut got  500 oops'],
    ['another body', answer(200, '[]'), 'Expected 200 {}\nbut got  200 []'],
    ['a connection that failed', new Error('It is gone.'), 'It is gone.'],
  ])('ends with the first fault: %s', (_what, given, fault) => {
    const tally = new Tally({ durationMs: 200, connections: 1, bearable: [503] });
    answered(tally, given);
    answered(tally, new Error('A later one.'));

    expect(tally.goesOn).toBe(false);
    expect(tally.result()).toMatchObject({ fault, goodPerSecond: 0 });
  });
});
