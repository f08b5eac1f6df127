import { describe, expect, it } from '@jest/globals';
import { Deadline } from '#platform/deadline';
import { DEGRADED_FEATURES_MAX, noteDegraded } from './degraded.js';
import { newRequestContext, runInRequest } from './request-context.js';

const aContext = () => newRequestContext({ deadline: new Deadline(1000) });

describe('what a request had to do without', () => {
  it('is nothing at first', () => {
    expect(aContext().degraded).toBeUndefined();
  });

  it('is told by feature, and the last word counts', () => {
    const context = aContext();
    runInRequest(context, () => {
      noteDegraded('recommendations', 'stale');
      noteDegraded('rate-limits', 'replica-alone');
      noteDegraded('recommendations', 'popular');
    });

    expect(context.degraded).toEqual({ recommendations: 'popular', 'rate-limits': 'replica-alone' });
  });

  it('is bounded', () => {
    const context = aContext();
    runInRequest(context, () => {
      for (let n = 0; n < 100; n += 1) noteDegraded(`feature-${n}`, 'none');
      noteDegraded('feature-0', 'stale');
    });

    expect(Object.keys(context.degraded ?? {})).toHaveLength(DEGRADED_FEATURES_MAX);
    expect(context.degraded).toMatchObject({ 'feature-0': 'stale' });
  });

  it('is told to nobody outside of a request', () => {
    expect(() => noteDegraded('recommendations', 'none')).not.toThrow();
  });
});
