import { beforeEach, describe, expect, it } from '@jest/globals';
import { SettableClock } from '#kernel/testing/settable-clock';
import type { DependencyState } from '#platform/resilience';
import { BreakerTimes } from './breaker-times.js';

describe('BreakerTimes', () => {
  let clock: SettableClock;
  let times: BreakerTimes;
  beforeEach(() => {
    clock = new SettableClock();
    times = new BreakerTimes(clock);
  });

  const change = (from: DependencyState, to: DependencyState): number => {
    clock.passSeconds(10);
    times.changed({ dependency: 'redis', from, to });
    return clock.now().getTime();
  };

  it('knows of no change at the start', () => {
    expect(times.changedAtMs('redis')).toBeNull();
  });

  it('takes an outage for one, however often the dependency is tried in it', () => {
    const openedAtMs = change('closed', 'open');
    change('open', 'half-open');
    change('half-open', 'open');

    expect(times.changedAtMs('redis')).toBe(openedAtMs);
    expect(times.changedAtMs('nats')).toBeNull();
  });

  it('begins anew when the circuit is closed', () => {
    change('closed', 'open');
    change('open', 'half-open');

    expect(change('half-open', 'closed')).toBe(times.changedAtMs('redis'));
  });
});
