import { expect, it } from '@jest/globals';
import { aVerdict } from '../testing/verdict.builder.ts';
import { Ticker } from './ticker.ts';

function aTicker(nowMs: number[]) {
  const lines: string[] = [];
  return {
    lines,
    ticker: new Ticker(
      (text) => lines.push(text),
      () => nowMs.shift() ?? 0,
    ),
  };
}

it('tells of each trial as it ends, with the time since the start', () => {
  const { lines, ticker } = aTicker([0, 2_500]);
  ticker.verdict(aVerdict(), 7, 60);

  expect(lines).toEqual(['   2.5 s  [ 7/60] C3 orders      pass  A POST under its key is carried out once (1.2 s)\n']);
});

it('tells at once what was found where it fails', () => {
  const { lines, ticker } = aTicker([0, 2_500]);
  ticker.verdict(aVerdict({ outcome: 'fail', measured: 'two orders' }), 1, 1);

  expect(lines.join('')).toMatch(/FAIL .*\n +two orders\n$/);
});
