import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';

const parsed = (text: string): string => canonicalJson(JSON.parse(text));

describe('canonicalJson', () => {
  it.each([
    ['the order of members', '{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}'],
    ['space', '{"a":[1,2]}', ' { "a" : [ 1 , 2 ] } '],
    ['ways to write a number', '{"a":100}', '{"a":1e2}'],
    ['ways to write a text', '{"a":"é"}', '{"a":"\\u00e9"}'],
  ])('does not mind %s', (_what, one, other) => {
    expect(parsed(one)).toBe(parsed(other));
  });

  it.each([
    ['the order of a list', '[1,2]', '[2,1]'],
    ['a number and a text', '{"a":1}', '{"a":"1"}'],
    ['null and absence', '{"a":null}', '{}'],
    ['null and a text', '{"a":null}', '{"a":"null"}'],
    ['an empty list and an empty object', '{"a":[]}', '{"a":{}}'],
    ['small letters and capitals', '{"a":1}', '{"A":1}'],
    ['members and a text that looks like them', '{"a":"1,\\"b\\":2"}', '{"a":"1","b":2}'],
  ])('tells %s apart', (_what, one, other) => {
    expect(parsed(one)).not.toBe(parsed(other));
  });

  it('says what the value says', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(parsed(text))).toEqual(JSON.parse(JSON.stringify(JSON.parse(text))));
      }),
    );
  });
});
