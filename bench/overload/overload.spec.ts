import { describe, expect, it } from '@jest/globals';
import { overloadTargets } from './overload.ts';

const rounds = ({ goodput, offered, connections = 600 }: { goodput: number; offered: number; connections?: number }) =>
  Array.from({ length: 5 }, () => ({
    connections,
    peak: 10_000,
    goodput,
    refusedPerSecond: 1,
    offered,
    p99Ms: 10,
  }));

describe('the verdict on goodput under overload', () => {
  it.each([
    ['met where it was kept', { goodput: 9_000, offered: 0.9 }, 'met'],
    ['not known where it was kept, and too little was sent', { goodput: 9_000, offered: 0.3 }, 'inconclusive'],
    ['missed where it was lost', { goodput: 5_000, offered: 0.9 }, 'missed'],
    ['missed where it was lost although too little was sent', { goodput: 5_000, offered: 0.3 }, 'missed'],
  ])('is %s', (_what, measured, verdict) => {
    const [target] = overloadTargets({ rounds: rounds(measured) });

    expect(target?.verdicts.first).toBe(verdict);
  });

  it('goes by the most connections, where the store is spared least', () => {
    const few = rounds({ goodput: 9_000, offered: 0.9 });
    const many = rounds({ goodput: 3_000, offered: 0.9, connections: 2_500 });

    expect(overloadTargets({ rounds: [...few, ...many] })).toMatchObject([
      { measured: 0.3, verdicts: { first: 'missed' } },
    ]);
  });
});
