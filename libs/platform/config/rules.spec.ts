import { describe, expect, it } from '@jest/globals';
import { validateSync } from '#platform/validation';
import {
  BindAddress,
  Bytes,
  DurationSeconds,
  NetworkRanges,
  OneOf,
  Origins,
  Port,
  PositiveInteger,
  Ratio,
  Url,
  WholeNumber,
} from './rules.js';

/** Whether the rule lets the value pass. */
function accepts(rule: PropertyDecorator, value: unknown): boolean {
  class Subject {
    value = value;
  }
  rule(Subject.prototype, 'value');
  return validateSync(new Subject()).length === 0;
}

describe('rules for settings', () => {
  it.each([
    ['Port', Port(), [0, 3000, 65_535], [-1, 65_536, 80.5, '80', NaN]],
    ['PositiveInteger', PositiveInteger({ max: 10 }), [1, 10], [0, 11, 1.5]],
    ['WholeNumber', WholeNumber({ min: -5, max: 5 }), [-5, 0, 5], [-6, 6, null]],
    ['DurationSeconds', DurationSeconds({ min: 1, max: 60 }), [1, 60], [0, 61]],
    ['Bytes', Bytes({ min: 1024, max: 2048 }), [1024, 2048], [1023, 2049]],
    ['Ratio', Ratio(), [0, 0.5, 1], [-0.1, 1.1, '0.5', NaN]],
    [
      'BindAddress',
      BindAddress(),
      ['0.0.0.0', '::', 'localhost'],
      ['10.0.0.300', 'store.internal', '127.0.0.1:3000', ''],
    ],
    ['OneOf', OneOf(['red', 'blue']), ['red', 'blue'], ['green', 'RED', '']],
  ])('%s accepts what is within its bounds, ends included, and nothing else', (_, rule, good, bad) => {
    expect(good.filter((value) => !accepts(rule, value))).toEqual([]);
    expect(bad.filter((value) => accepts(rule, value))).toEqual([]);
  });

  it.each([
    'postgres://user:pass@db:5432/store?sslmode=require',
    'postgresql://db/store',
    'postgres://[::1]:5432/store',
  ])('Url accepts %s', (url) => {
    expect(accepts(Url({ protocols: ['postgres', 'postgresql'] }), url)).toBe(true);
  });

  it.each(['db:5432', 'http://db', 'postgres://', 'postgres:db', 'postgres://a b/', 'postgres://db:99999/x', ''])(
    'Url refuses %j',
    (url) => {
      expect(accepts(Url({ protocols: ['postgres', 'postgresql'] }), url)).toBe(false);
    },
  );

  it.each([
    [['https://shop.example.com']],
    [['http://localhost:3000', 'https://[::1]:8443', 'https://xn--mller-kva.example']],
    [[]],
  ])('Origins accepts %j', (origins) => {
    expect(accepts(Origins(), origins)).toBe(true);
  });

  it.each([
    ['a path', 'https://shop.example.com/app'],
    ['a slash at the end', 'https://shop.example.com/'],
    ['a query', 'https://shop.example.com?x'],
    ['a user', 'https://user@shop.example.com'],
    ['everybody', '*'],
    ['everybody of a domain', 'https://*.example.com'],
    ['nobody', 'null'],
    ['a host in capitals', 'https://Shop.example.com'],
    ['a scheme in capitals', 'HTTPS://shop.example.com'],
    ["the scheme's own port", 'https://shop.example.com:443'],
    ["the scheme's own port", 'http://shop.example.com:80'],
    ['no scheme', 'shop.example.com'],
    ['another scheme', 'ftp://shop.example.com'],
    ['letters that a browser would encode', 'https://müller.example'],
    ['a blank', 'https://shop.example.com '],
    ['nothing', ''],
  ])('Origins refuses %s, since no browser sends that: %s', (_what, origin) => {
    expect(accepts(Origins(), ['https://good.example.com', origin])).toBe(false);
  });

  it.each(['10.0.0.0/8', '192.0.2.7', '192.0.2.7/32', 'fd00::/8', '::1', '2001:db8::/1'])(
    'NetworkRanges accepts %s',
    (range) => {
      expect(accepts(NetworkRanges(), [range])).toBe(true);
    },
  );

  it.each([
    'true',
    '*',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.0/08',
    '10.0.0/8',
    'proxy',
    '10.0.0.1/8/8',
  ])('NetworkRanges refuses %s: everybody, or nobody that is known', (range) => {
    expect(accepts(NetworkRanges(), ['192.0.2.7', range])).toBe(false);
  });

  it('refuse bounds that can not be met, where they are written', () => {
    expect(() => WholeNumber({ min: 2, max: 1 })).toThrow(RangeError);
    expect(() => PositiveInteger({ min: 0, max: 1 })).toThrow(RangeError);
  });
});
