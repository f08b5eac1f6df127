import { describe, expect, it } from '@jest/globals';
import type { Moment } from '../history/moment.js';
import { aMoment } from '../testing/moment.builder.js';
import { concernsOf } from './concerns.js';
import type { ContributorState, DependencyState } from './operations-snapshot.js';

const moments = (...over: Partial<Moment>[]): Moment[] => over.map((each, n) => aMoment({ atMs: 5_000 * n, ...each }));
const contributor = (over: Partial<ContributorState>): ContributorState => ({
  ...{ name: 'broker', status: 'up', seenSinceMs: 1, facts: {} },
  ...over,
});
const dependency = (over: Partial<DependencyState>): DependencyState => ({
  ...{ name: 'redis', perSecond: 0, failuresPerSecond: 0, failureRatio: null },
  ...{ p50Seconds: null, p95Seconds: null, p99Seconds: null, running: 0, queued: 0 },
  ...{ breaker: { state: 'closed', changedAtMs: null }, failingSinceMs: null, lastFailureAtMs: null },
  ...{ failingOrEarlier: false, isFailing: false },
  ...over,
});
const told = (
  looked: Partial<Parameters<typeof concernsOf>[0]>,
  before: readonly Moment[] = [],
): readonly (readonly [string, number | null])[] =>
  concernsOf({ health: [], dependencies: [], outbox: null, ...looked }, before).map(({ what, sinceMs }) => [
    what,
    sinceMs,
  ]);

describe('concernsOf', () => {
  it('has none where all is well', () => {
    const outbox = { pending: 3, oldestAgeSeconds: 1, dead: 0 };

    expect(told({ health: [contributor({})], dependencies: [dependency({})], outbox }, moments({}, {}))).toEqual([]);
  });

  it('tells of health, with the reason that it gives', () => {
    const health = [
      contributor({ status: 'down', facts: { reason: 'not connected' } }),
      contributor({ name: 'outbox', status: 'degraded' }),
      contributor({ name: 'dependencies', status: 'degraded' }), // its circuits speak for themselves
    ];

    expect(told({ health })).toEqual([
      ['broker is down: not connected', 1],
      ['outbox is degraded', 1],
    ]);
  });

  it('tells of a circuit, or else of calls that fail', () => {
    const breaker = { state: 'open', changedAtMs: 7 };
    const failing = { isFailing: true, failingSinceMs: 5 };

    expect(
      told({
        dependencies: [
          dependency({ breaker, ...failing }),
          dependency({ name: 'postgres', breaker: null, ...failing }),
        ],
      }),
    ).toEqual([
      ['the circuit of redis is open', 7],
      ['calls of postgres fail', 5],
    ]);
  });

  it('tells of what goes wrong now, and of nothing that is over', () => {
    const failed = { requests: { count: 1, failures: 1, cumulative: [] } };

    expect(told({}, moments({}, {}, { degraded: 1, shed: 2, ...failed }))).toEqual([
      ['answers are degraded', 5_000],
      ['requests fail with a status of 5xx', 5_000],
      ['requests are shed', 5_000],
    ]);
    expect(told({}, moments({}, ...Array.from({ length: 5 }, () => ({ degraded: 1 }))))).toEqual([]);
  });

  it('tells that it may have begun before all that is remembered', () => {
    const failing = dependency({ breaker: null, isFailing: true, failingSinceMs: 5, failingOrEarlier: true });
    const looked = { health: [], dependencies: [failing], outbox: null };

    expect(concernsOf(looked, moments({}, { shed: 1 }, { shed: 2 }))).toEqual([
      { what: 'calls of redis fail', sinceMs: 5, orEarlier: true },
      { what: 'requests are shed', sinceMs: 0, orEarlier: true },
    ]);
    expect(concernsOf({ ...looked, dependencies: [] }, moments({}, {}, { shed: 2 }))).toMatchObject([
      { sinceMs: 5_000, orEarlier: false },
    ]);
  });

  it('tells of callers that wait for longer than a moment, and of events that were given up', () => {
    const outbox = { pending: 0, oldestAgeSeconds: 0, dead: 2 };

    expect(told({ outbox }, moments({ poolWaiting: 0 }, { poolWaiting: 1 }))).toHaveLength(1);
    expect(told({ outbox }, moments({ poolWaiting: 1 }, { poolWaiting: 1 }))).toEqual([
      ['callers wait for a connection to the database', null],
      ['events were given up, and wait for somebody', null],
    ]);
  });
});
