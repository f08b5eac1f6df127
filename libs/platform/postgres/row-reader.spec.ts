import { describe, expect, it } from '@jest/globals';
import pg, { type FieldDef } from 'pg';
import { instantOf, RowReader } from './row-reader.js';

const [INT4, INT8, TEXT, TIMESTAMPTZ] = [23, 20, 25, 1184];

const column = (name: string, dataTypeID = TEXT) => ({ name, dataTypeID }) as FieldDef;
const asPgReads = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => unknown;

describe('a reader of rows', () => {
  it('names each value by its column, and reads it as pg does', () => {
    const columns = [column('count', INT4), column('sum', INT8), column('name'), column('at', TIMESTAMPTZ)];

    expect(new RowReader(columns).read(['3', '5490', 'kettle', '2026-01-15 08:30:00.123+00'])).toEqual({
      count: 3,
      sum: '5490',
      name: 'kettle',
      at: new Date('2026-01-15T08:30:00.123Z'),
    });
  });

  it('leaves null what is null, and gives each row values of its own', () => {
    const reader = new RowReader([column('count', INT4), column('name')]);

    expect([reader.read(['1', 'a']), reader.read([null, null])]).toEqual([
      { count: 1, name: 'a' },
      { count: null, name: null },
    ]);
  });
});

describe('an instant', () => {
  it.each([
    '2026-01-15 08:30:00+00',
    '2026-01-15 08:30:00.1+00',
    '2026-01-15 08:30:00.123+00',
    '2026-01-15 08:30:00.123999+00',
    '1969-12-31 23:59:59.999+00',
    '0044-03-15 12:00:00+00',
  ])('is read as pg reads it: %s', (text) => {
    expect(instantOf(text)).toEqual(asPgReads(text));
  });

  it.each([
    '2026-01-15 08:30:00+02',
    '2026-01-15 08:30:00+05:30',
    '0044-03-15 12:00:00+00 BC',
    '10000-01-01 00:00:00+00',
    'infinity',
    '-infinity',
  ])('is left to pg when it is written in another way: %s', (text) => {
    const reader = new RowReader([column('at', TIMESTAMPTZ)]);

    expect(instantOf(text)).toBeNull();
    expect(reader.read([text])).toEqual({ at: asPgReads(text) });
  });
});
