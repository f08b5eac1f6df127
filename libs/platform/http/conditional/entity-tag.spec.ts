import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MalformedRequest, PreconditionRequired } from '#platform/errors';
import { entityTagsOf, versionTag } from './entity-tag.js';
import { versionConditionOf } from './if-match.js';

describe('entityTagsOf', () => {
  it.each([
    ['*', '*'],
    [' * ', '*'],
    ['"1"', [{ opaque: '1', weak: false }]],
    ['W/"1"', [{ opaque: '1', weak: true }]],
    ['""', [{ opaque: '', weak: false }]],
    ['"*"', [{ opaque: '*', weak: false }]],
    ['"a,b"', [{ opaque: 'a,b', weak: false }]],
    ['"1",', [{ opaque: '1', weak: false }]],
    [', ,"1"', [{ opaque: '1', weak: false }]],
    [
      '"a" ,\tW/"b!#"',
      [
        { opaque: 'a', weak: false },
        { opaque: 'b!#', weak: true },
      ],
    ],
  ])('reads %s', (header, tags) => {
    expect(entityTagsOf('If-Match', header)).toEqual(tags);
  });

  it.each(['', '1', '"1', '1"', ',', 'w/"1"', 'W/1', '"a b"', '"a"b"', '"1" "2"', '*, "1"', `"${'1'.repeat(1024)}"`])(
    'refuses %j',
    (header) => {
      expect(() => entityTagsOf('If-Match', header)).toThrow(MalformedRequest);
    },
  );

  it('reads or refuses any header in little time', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), (header) => {
        try {
          return entityTagsOf('If-Match', header).length > 0;
        } catch (error) {
          return error instanceof MalformedRequest;
        }
      }),
    );
  });
});

describe('versionConditionOf', () => {
  it('reads back the tag that a version has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (version) => {
        expect(versionConditionOf(versionTag(version))).toEqual({ versions: [version] });
      }),
    );
  });

  it('asks for the header', () => {
    expect(() => versionConditionOf(undefined)).toThrow(PreconditionRequired);
  });

  it('takes * for any version', () => {
    expect(versionConditionOf('*')).toBe('any');
  });

  it.each(['W/"1"', '"0"', '"01"', '"abc"', '"-1"', '"1.0"', '"99999999999"', '""'])(
    'matches no version by %s',
    (tag) => {
      expect(versionConditionOf(tag)).toEqual({ versions: [] });
    },
  );

  it('keeps the versions of a list that are ours', () => {
    expect(versionConditionOf('"3", W/"4", "x", "5"')).toEqual({ versions: [3, 5] });
  });
});
