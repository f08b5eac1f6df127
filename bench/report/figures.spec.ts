import { describe, expect, it } from '@jest/globals';
import type { Slice } from '../rounds/slice.js';
import { type CaseResult, figuresOf, noiseIn, outcomesOf } from './figures.js';

const slice = (round: number, perSecond: number, cpuMicroseconds: number): Slice => ({
  round,
  perSecond,
  cpuMicroseconds,
  storesMicroseconds: 1,
  busy: 1,
  loadBusy: 0.5,
  p50Ms: 1,
  p99Ms: 2,
  rssMb: 100,
});

const pair = { what: 'x', of: 'ours', over: 'bare' } as const;

/** The machine is half as fast in the second round: for both. */
const RESULT: CaseResult = {
  name: 'x',
  title: 'X',
  conditions: [
    { ...pair, figure: 'throughput', is: 'at least', first: 0.4, beyond: 0.6 },
    { ...pair, figure: 'cpu', is: 'at most', first: 2.5, beyond: 1.5 },
  ],
  samples: [
    {
      contender: 'bare',
      slices: [
        slice(0, 900, 10),
        slice(0, 1_100, 12),
        slice(1, 500, 20),
        slice(1, 500, 10),
        slice(2, 1_000, 11),
        slice(2, 1_000, 10),
      ],
    },
    { contender: 'ours', slices: [slice(0, 500, 22), slice(1, 250, 40), slice(2, 500, 20)] },
  ],
};

describe('the figures of a case', () => {
  it('pair each round with the baseline before and after it', () => {
    const [bare, ours] = figuresOf(RESULT);

    expect(bare?.throughputRatio.median).toBe(1);
    expect(ours?.throughputRatio).toEqual({ low: 0.5, median: 0.5, high: 0.5 });
    expect(ours?.perSecond.median).toBe(500);
  });

  it('compare floors of CPU', () => {
    const [, ours] = figuresOf(RESULT);

    expect(ours).toMatchObject({ cpuFloor: 20, cpuRatio: 2, cpuMedian: 22 });
  });

  it('give a baseline that is measured twice as often no lower floor for it', () => {
    const bare = [8, 10, 12, 10].map((cpu, index) => slice(Math.floor(index / 2), 1_000, cpu));
    const ours = [18, 20].map((cpu, round) => slice(round, 500, cpu));
    const samples = [
      { contender: 'bare', slices: bare },
      { contender: 'ours', slices: ours },
    ];

    expect(figuresOf({ ...RESULT, samples }).at(-1)?.cpuRatio).toBe(18 / 9);
  });

  it('say what was met and what was missed', () => {
    expect(noiseIn(RESULT)).toBeLessThan(0.2);
    expect(outcomesOf(RESULT)).toMatchObject([
      { measured: 0.5, verdicts: { first: 'met', beyond: 'missed' } },
      { measured: 2, verdicts: { first: 'met', beyond: 'missed' } },
    ]);
  });

  it('decide nothing when the baseline moved', () => {
    const [bare, ours] = RESULT.samples;
    const moved = {
      contender: 'bare',
      slices: (bare?.slices ?? []).map((each) => slice(each.round, 1, 10 + 5 * each.round)),
    };
    const samples = ours ? [moved, ours] : [];

    for (const { verdicts } of outcomesOf({ ...RESULT, samples })) {
      expect(verdicts).toEqual({ first: 'inconclusive', beyond: 'inconclusive' });
    }
  });
});
