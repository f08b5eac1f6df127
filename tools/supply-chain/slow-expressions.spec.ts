import { describe, expect, it } from '@jest/globals';
import { findSlow } from './slow-expressions.ts';

const problemOf = (source: string, flags = '', timeoutMs?: number) =>
  findSlow({ where: 'a.ts:7', source, flags }, timeoutMs).map(({ problem }) => problem);

describe('a regular expression', () => {
  it.each(['^(a+)+$', '^(?:a|a)*$', '^(?:[a-z0-9]+-?)*$'])('is refused when it is exponential: %s', (source) => {
    expect(problemOf(source)).toEqual([expect.stringMatching(/^takes exponential time, for example on '/)]);
  });

  it.each([String.raw`\s+$`, 'a*a*$', '^.*,.*,.*$'])('is refused when it is polynomial: %s', (source) => {
    expect(problemOf(source)).toEqual([expect.stringMatching(/^takes \d\w\w degree polynomial time/)]);
  });

  it('is refused by place and text', () => {
    expect(findSlow({ where: 'a.ts:7', source: '^(a+)+$', flags: 'i' })[0]?.where).toBe('a.ts:7 /^(a+)+$/i');
  });

  it('is refused when there is no time to decide', () => {
    expect(problemOf(String.raw`^\d+$`, '', 0)).toEqual(['could not be decided within 0 ms (timeout)']);
  });

  it('is refused when it is none', () => {
    expect(problemOf('(')).toEqual([expect.stringMatching(/^could not be decided/)]);
  });

  it.each([String.raw`^\d+$`, '^[a-z]+(?:-[a-z]+)*$', '/$', '^[^/]+/[^/]+$'])(
    'is accepted when it is linear: %s',
    (source) => {
      expect(problemOf(source)).toEqual([]);
    },
  );
});
