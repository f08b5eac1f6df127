import { describe, expect, it } from '@jest/globals';
import { DegradationState, QUIET_MS } from './degradation-state.js';

describe('DegradationState', () => {
  it('tells nothing while all is well', () => {
    expect(new DegradationState().changeBy('live', 0)).toBeNull();
  });

  it('tells the beginning once, however many answers are degraded', () => {
    const state = new DegradationState();

    expect([1, 2, 3].map((nowMs) => state.changeBy('degraded', nowMs))).toEqual(['began', null, null]);
  });

  it('tells the end once, after a quiet time', () => {
    const state = new DegradationState();
    state.changeBy('degraded', 1_000);

    expect(state.changeBy('live', 1_000 + QUIET_MS - 1)).toBeNull();
    expect(state.changeBy('live', 1_000 + QUIET_MS)).toBe('ended');
    expect(state.changeBy('live', 1_001 + QUIET_MS)).toBeNull();
  });

  it('is quiet while good and bad answers alternate', () => {
    const state = new DegradationState();
    state.changeBy('degraded', 0);

    const changes = Array.from({ length: 100 }, (_, n) => state.changeBy(n % 2 === 0 ? 'live' : 'degraded', n * 1_000));

    expect(changes.every((change) => change === null)).toBe(true);
  });
});
