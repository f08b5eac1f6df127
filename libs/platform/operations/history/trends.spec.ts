import { describe, expect, it } from '@jest/globals';
import { aMoment } from '../testing/moment.builder.js';
import { spellOf, trendsOf } from './trends.js';

/** A moment every five seconds, with this count. */
const counted = (...counts: number[]) => counts.map((degraded, n) => aMoment({ atMs: n * 5_000, degraded }));
const spell = (...counts: number[]) => spellOf(counted(...counts), ({ degraded }) => degraded);

describe('trendsOf', () => {
  const requests = (count: number, failures: number, cumulative: number[]) => ({ count, failures, cumulative });

  it('gives rates and latencies of each stretch, and no latency where nothing was asked', () => {
    const moments = [
      aMoment({ atMs: 0, requests: requests(10, 1, [10, 10]) }),
      aMoment({ atMs: 5_000, requests: requests(20, 3, [10, 20]), inFlight: 4 }),
      aMoment({ atMs: 10_000, requests: requests(20, 3, [10, 20]) }),
    ];

    const trends = trendsOf(moments, [0.1, 0.3]);

    expect(trends).toMatchObject({ atMs: [5_000, 10_000], requestsPerSecond: [2, 0], serverErrorsPerSecond: [0.4, 0] });
    expect(trends.p50Seconds[0]).toBeCloseTo(0.2, 10);
    expect(trends.p50Seconds[1]).toBeNull();
    expect(trends).toMatchObject({ inFlight: [4, 0], poolUsed: [null, null], heapRatio: [0.1, 0.1] });
  });
});

describe('spellOf', () => {
  it('is none where nothing rose', () => {
    expect(spell()).toBeNull();
    expect(spell(3, 3, 3, 3)).toBeNull();
  });

  it('goes on from its first rise, over short pauses', () => {
    expect(spell(0, 0, 1, 1, 2, 2, 2, 3)).toEqual({
      ...{ sinceMs: 5_000, lastAtMs: 35_000, isGoingOn: true, orEarlier: false },
    });
  });

  it('is another one after a long pause', () => {
    expect(spell(0, 1, 1, 1, 1, 1, 2)).toMatchObject({ sinceMs: 25_000, isGoingOn: true });
  });

  it('is over when it has been quiet for a while', () => {
    expect(spell(0, 0, 1, 1, 1, 1)).toMatchObject({ sinceMs: 5_000, lastAtMs: 10_000, isGoingOn: false });
  });

  it('may be older than what is known', () => {
    expect(spell(0, 1, 2)).toMatchObject({ sinceMs: 0, orEarlier: true });
  });
});
