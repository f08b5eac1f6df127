import { describe, expect, it } from '@jest/globals';
import { fieldsOf } from '../testing/checkout-tree.ts';
import { FIELDS_MAX } from './parse-fields.ts';

const tenOf = (kind: string) => fieldsOf(...Array.from({ length: FIELDS_MAX }, (_, n) => `f${n}:${kind}`));
const samplesOf = (...texts: readonly string[]) => fieldsOf(...texts).map(({ sample }) => sample);

describe('the samples of ten fields of one kind', () => {
  it.each([
    'string',
    'string(4)',
    'string(1)',
    'text',
    'text(1)',
    'integer',
    'integer(-20..-11)',
    'money',
    'timestamp',
  ])('are all distinct, and the others too, for %s', (kind) => {
    const fields = tenOf(kind);

    expect(new Set(fields.map(({ sample }) => sample)).size).toBe(FIELDS_MAX);
    expect(new Set(fields.map(({ other }) => other)).size).toBe(FIELDS_MAX);
  });

  it.each(['boolean', 'integer(1..2)', 'enum(yes|no)', 'string(1)', 'text(1)', 'money', 'timestamp'])(
    'are each another value than the other one, for %s',
    (kind) => {
      for (const { sample, other } of tenOf(kind)) expect(sample).not.toBe(other);
    },
  );
});

describe('samples of a small domain', () => {
  it('are used up before one comes again', () => {
    expect(samplesOf('a:integer(1..5)', 'b:integer(1..5)', 'c:integer(1..5)', 'd:integer(1..5)')).toEqual([
      '3',
      '4',
      '5',
      '1',
    ]);
    expect(new Set(samplesOf('a:boolean', 'title:string', 'b:boolean'))).toEqual(
      new Set(['true', "'Some title'", 'false']),
    );
  });

  it('are not taken from a field of another length that has the same text', () => {
    expect(new Set(samplesOf('note:string(4)', 'notice:text(4)', 'noted:string(4)')).size).toBe(3);
  });
});
