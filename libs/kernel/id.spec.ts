import { describe, expect, it } from '@jest/globals';
import { newId, stableId } from './id.js';

describe('newId', () => {
  it('is a UUID, version 7, and another each time', () => {
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(newId()).not.toBe(newId());
  });
});

describe('stableId', () => {
  it('is the same for a name everywhere, for ever', () => {
    expect(stableId('catalog:COF-1001')).toBe('689e029d-1ec9-8f9b-8d4b-597dce844cdf');
  });

  it('is a UUID, version 8, and another for another name', () => {
    expect(stableId('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(stableId('a')).not.toBe(stableId('b'));
  });
});
