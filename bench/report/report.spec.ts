import { describe, expect, it } from '@jest/globals';
import type { Pace } from '../rounds/measure.js';
import { originOf, targetsIn } from './report.js';
import { emptyResults, type Results } from './results.js';

const PACE: Pace = { rounds: 1, sliceMs: 1_000, warmUpMs: 0, connections: 16, starts: 1 };
const STARTS = ['bare Nest', 'Mainstay'].map((server) => ({ server, starts: [{ readyMs: 500, rssMb: 100 }] }));
const resultsAt = (pace: Pace): Results => ({
  ...emptyResults('/nowhere', { server: 1, load: [0] }, pace, false),
  start: STARTS,
});

describe('a report of a load that never sleeps', () => {
  const [asleep, awake] = [resultsAt(PACE), resultsAt({ ...PACE, awake: true })];

  it('judges nothing: the targets are those of one that does', () => {
    expect(targetsIn(asleep)).not.toEqual([]);
    expect(targetsIn(awake)).toEqual([]);
  });

  it('says that it was awake', () => {
    expect(originOf(awake)).toContain('16 connections of a load that never sleeps.');
    expect(originOf(asleep)).toContain('16 connections.');
  });
});
