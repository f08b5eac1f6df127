import { describe, expect, it } from '@jest/globals';
import { checkLines, checkNoneLost } from './lines.js';

describe('the log of a server that was measured', () => {
  const STORE = { name: 'store', logs: true };
  const BARE = { name: 'bare', logs: false };
  const logging = (count: number) => ({ linesFor: () => Promise.resolve(count) });

  it('has a line for each answer, of a server that has a log', async () => {
    await expect(checkLines(STORE, logging(12), 2, 10)).resolves.toBeUndefined();
    await expect(checkLines(BARE, logging(2), 2, 10)).resolves.toBeUndefined();
  });

  it.each([
    ['fewer', STORE, 11, 'store has answered 10 requests, and logged 9 of them.'],
    ['more', STORE, 13, 'store has answered 10 requests, and logged 11 of them.'],
    ['any, of one without a log', BARE, 3, 'bare has answered 10 requests, and logged 1 of them.'],
  ])('is refused with %s', async (_what, contender, count, words) => {
    await expect(checkLines(contender, logging(count), 2, 10)).rejects.toThrow(words);
  });
});

describe('the lines that a store has lost', () => {
  const storeWith = (metrics: string) => ({ name: 'store', metrics: () => Promise.resolve(metrics) });

  it('are none', async () => {
    const store = storeWith('# TYPE log_lines_dropped_total counter\nlog_lines_dropped_total 0\n');

    await expect(checkNoneLost(store)).resolves.toBeUndefined();
  });

  it.each([
    ['log_lines_dropped_total 7\n', 'store has lost 7 lines of its log.'],
    ['other_total 0\n', 'store has lost an unknown number of lines of its log.'],
  ])('are refused: %j', async (metrics, words) => {
    await expect(checkNoneLost(storeWith(metrics))).rejects.toThrow(words);
  });
});
