import { describe, expect, it } from '@jest/globals';
import { loggedHeaders, loggedPath, loggedQuery } from './logged-request.js';

const ALLOWED = new Set(['limit', 'sort']);

describe('the path in the log', () => {
  it('has no query string', () => {
    expect(loggedPath('/v1/products?token=canary')).toBe('/v1/products');
  });

  it('is of bounded length', () => {
    expect(loggedPath(`/${'x'.repeat(9000)}`).length).toBeLessThanOrEqual(257);
  });
});

describe('the query in the log', () => {
  it('has the values of allowed parameters, and the names alone of others', () => {
    expect(loggedQuery('/x?limit=5&token=canary', ALLOWED)).toEqual({ limit: '5', token: '[redacted]' });
  });

  const token = ['eyJhbGciOiJub25lIn0', 'eyJzdWIiOiJjYW5hcnkifQ', 'c2lnbmF0dXJl'].join('.');

  it.each([token, 'canary password', 'canary%0a', 'c'.repeat(41)])('does not tell %s, which is no name', (secret) => {
    expect(loggedQuery(`/x?${secret}&limit=5`, ALLOWED)).toEqual({ '[nameless]': '[redacted]', limit: '5' });
  });

  it('is none where there is none', () => {
    expect(loggedQuery('/x', ALLOWED)).toBeUndefined();
  });

  it('has bounded names, values and number of parameters', () => {
    const url = `/x?limit=${'5'.repeat(9000)}&${Array.from({ length: 100 }, (_, i) => `${'n'.repeat(500)}${i}=1`).join('&')}`;
    expect(JSON.stringify(loggedQuery(url, ALLOWED)).length).toBeLessThan(4096);
  });

  it('keeps a name that every object inherits from being more than a name', () => {
    const logged = loggedQuery('/x?__proto__=canary&constructor=canary', ALLOWED);
    expect(JSON.stringify(logged)).not.toContain('canary');
    expect({}).not.toHaveProperty('canary');
  });
});

describe('the headers in the log', () => {
  it('are the allowed ones that came, cut to a bounded length', () => {
    const headers = { 'user-agent': 'x'.repeat(500), authorization: 'Bearer canary', cookie: 'canary' };
    const logged = loggedHeaders(headers, ['user-agent', 'content-type']);
    expect(Object.keys(logged)).toEqual(['user-agent']);
    expect(logged['user-agent']?.length).toBeLessThanOrEqual(129);
  });
});
