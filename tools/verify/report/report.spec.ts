import { describe, expect, it } from '@jest/globals';
import { aVerdict } from '../testing/verdict.builder.ts';
import { writtenRun } from './json.ts';
import { exitCodeOf, type Run, sumOf, textOf } from './report.ts';
import { tableOf } from './table.ts';

const PLAIN = { colour: false };
const WIDTH_MAX = 120;
const UNTRIED = [
  { promise: 'H1', why: 'Ratios want a quiet machine.', shownBy: 'npm run bench' },
  { promise: 'B5', part: 'the bulkhead', why: 'It is shown alone.', shownBy: 'npm test' },
] as const;

const aRun = (own: Partial<Run> = {}): Run => ({
  verdicts: [aVerdict()],
  untried: UNTRIED,
  tookMs: 61_000,
  overdue: false,
  ...own,
});
const FAILED = aVerdict({ promise: 'B1', resource: null, outcome: 'fail', measured: `x${'y'.repeat(200)}` });
const SKIPPED = aVerdict({ promise: 'C6', resource: null, outcome: 'not tried', gaps: ['there is no nats-server'] });

describe('the exit code', () => {
  it.each([
    ['0 where all holds', aRun(), 0],
    ['0 where some was not tried', aRun({ verdicts: [aVerdict(), SKIPPED] }), 0],
    ['1 where something does not hold', aRun({ verdicts: [aVerdict(), FAILED] }), 1],
    ['2 where nothing was tried', aRun({ verdicts: [SKIPPED] }), 2],
    ['2 where not all was tried in time', aRun({ overdue: true }), 2],
  ])('is %s', (_what, run, code) => {
    expect(exitCodeOf(run)).toBe(code);
  });
});

describe('the text', () => {
  const text = textOf(aRun({ verdicts: [aVerdict(), SKIPPED, FAILED] }), PLAIN);

  it('has no line that is longer than 120 characters, and no colours', () => {
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(WIDTH_MAX);
    expect(text).not.toContain('\u001b');
  });

  it('has the rows by the numbers of the promises', () => {
    expect(text.indexOf('B1 ')).toBeLessThan(text.indexOf('C3 orders'));
  });

  it('tells how each was tried, what was measured, what was to be, and what came of it', () => {
    const row = tableOf([aVerdict()], PLAIN).split('\n').slice(2).join(' ').replaceAll(/\s+/g, ' ');

    expect(row).toContain('C3 orders A POST under its key is carried out');
    for (const part of ['repeated at the other', '1 of 1 answers', 'all of 1 answers', 'pass', '1.2 s'])
      expect(row).toContain(part);
  });

  it('says what was not tried and why, and which command shows it', () => {
    expect(text).toMatch(/Not tried here, and why:\n {2}C6 +there is no nats-server/);
    expect(text).toMatch(/B5 +of it the bulkhead: It is shown alone\. Shown by: npm test/);
    expect(text).toMatch(/H1 +Ratios want a quiet machine\. Shown by: npm run bench/);
  });

  it('ends with the sum', () => {
    expect(text.trimEnd()).toMatch(
      /1 of 2 hold; NOT: B1; 1 rows, 1 promises and 1 parts of others were not tried\. 61 s\.$/,
    );
  });

  it('is coloured for a terminal', () => {
    expect(tableOf([FAILED], { colour: true })).toContain('\u001b[31mFAIL');
  });
});

it('the sum says that the run was ended', () => {
  expect(sumOf(aRun({ overdue: true }))).toContain('ended at its bound');
});

it('the JSON has all that the table has, and the number of its form', () => {
  const written = writtenRun(aRun({ verdicts: [aVerdict(), FAILED] }));

  expect(written).toMatchObject({ version: 1, exitCode: 1, passed: 1, failed: ['B1'], tookMs: 61_000, overdue: false });
  expect(written.verdicts).toEqual([FAILED, aVerdict()]);
  expect(written.untried).toEqual(UNTRIED);
});
