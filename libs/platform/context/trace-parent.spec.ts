import { describe, expect, it } from '@jest/globals';
import { formatTraceParent, parseTraceParent, traceIdOf } from './trace-parent.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = '00f067aa0ba902b7';

describe('traceIdOf', () => {
  it.each([`00-${TRACE}-${PARENT}-01`, `00-${TRACE}-${PARENT}-00`, `cc-${TRACE}-${PARENT}-01-what-will-be`])(
    'reads %s',
    (header) => {
      expect(traceIdOf(header)).toBe(TRACE);
    },
  );

  it.each([
    undefined,
    '',
    TRACE,
    `ff-${TRACE}-${PARENT}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}0-${PARENT}-01`,
    `00-${TRACE}-${PARENT}`,
    `00-${TRACE}-${PARENT}-01x`,
    `00-${TRACE}-${PARENT}-01-what-will-be`,
    ` 00-${TRACE}-${PARENT}-01`,
    [`00-${TRACE}-${PARENT}-01`],
  ])('does not read %j', (header) => {
    expect(traceIdOf(header)).toBeNull();
  });
});

describe('parseTraceParent', () => {
  it.each([
    ['00', false],
    ['01', true],
    ['02', false],
    ['ff', true],
  ])('reads of the flags %s whether the caller has recorded its span: %s', (flags, sampled) => {
    expect(parseTraceParent(`00-${TRACE}-${PARENT}-${flags}`)).toEqual({ traceId: TRACE, spanId: PARENT, sampled });
  });

  it('reads what is written', () => {
    const written = { traceId: TRACE, spanId: PARENT, sampled: true };
    expect(parseTraceParent(formatTraceParent(written))).toEqual(written);
  });
});
