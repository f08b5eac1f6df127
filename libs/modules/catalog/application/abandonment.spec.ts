import { describe, expect, it } from '@jest/globals';
import { Abandonment } from './abandonment.js';

describe('a question that is abandoned', () => {
  it('tells whoever looks at its signal before', () => {
    const asking = new Abandonment();
    const { signal } = asking;
    expect(signal.aborted).toBe(false);
    asking.abandon();

    expect(signal.aborted).toBe(true);
    expect(asking.signal).toBe(signal);
  });

  it('tells whoever looks at it only afterwards', () => {
    const asking = new Abandonment();
    asking.abandon();

    expect(asking.signal.aborted).toBe(true);
  });
});
