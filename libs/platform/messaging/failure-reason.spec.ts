import { describe, expect, it } from '@jest/globals';
import { failureReason } from './failure-reason.js';

describe('failureReason', () => {
  it('names the error and its cause, in one line', () => {
    const error = new TypeError('no\n  such thing', { cause: new RangeError('too far') });
    expect(failureReason(error)).toBe('TypeError: no such thing ← RangeError: too far');
  });

  it('is bounded', () => {
    expect(failureReason(new Error('x'.repeat(2_000)))).toHaveLength(500);
  });

  it('tells nothing of what was thrown and is no error', () => {
    expect(failureReason({ password: 'hunter2' })).toBe('object');
  });
});
