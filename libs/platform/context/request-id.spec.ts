import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newTraceId, requestIdFrom } from './request-id.js';

const OURS = /^[0-9a-f-]{36}$/;

describe('requestIdFrom', () => {
  it.each(['a', 'A-b_c.d:9', 'x'.repeat(128)])('keeps %s', (header) => {
    expect(requestIdFrom(header)).toBe(header);
  });

  it.each([undefined, '', 'x'.repeat(129), 'a b', 'a\n', 'a\r\nb', '<b>', 'é', '"', '\0', ['a', 'b']])(
    'replaces %j',
    (header) => {
      expect(requestIdFrom(header)).toMatch(OURS);
    },
  );

  it('gives nothing but short and harmless texts, whatever came', () => {
    fc.assert(fc.property(fc.string(), (header) => /^[A-Za-z0-9._:-]{1,128}$/.test(requestIdFrom(header))));
  });
});

describe('newTraceId', () => {
  it('gives 32 hexadecimal digits, others each time', () => {
    const ids = new Set(Array.from({ length: 100 }, newTraceId));
    expect(ids.size).toBe(100);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });
});
