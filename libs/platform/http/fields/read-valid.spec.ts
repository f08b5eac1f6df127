import { describe, expect, it } from '@jest/globals';
import { ValidationPipe } from '@nestjs/common';
import { IsString } from '#platform/validation';
import fc from 'fast-check';
import {
  ArrayField,
  BooleanField,
  CurrencyField,
  EnumField,
  IntegerField,
  ObjectField,
  QueryIntegerField,
  SlugField,
  TextField,
  TimestampField,
  UuidField,
} from './index.js';
import { readValid, UNDECIDED } from './read-valid.js';

const MOMENTS = {
  earliest: '2020-01-01T00:00:00.000Z',
  latest: '2030-01-01T00:00:00.000Z',
  example: '2026-01-15T08:30:00.123Z',
};

class Part {
  @IntegerField({ min: 0, max: 10 })
  count!: number;

  @CurrencyField({ optional: true })
  currency?: string;
}

class Whole {
  @TextField({ minLength: 1, maxLength: 3, example: 'abc' })
  text!: string;

  @TextField({ maxLength: 9, pattern: /^[A-Z]+$/, patternInWords: 'capital letters', example: 'A', optional: true })
  capitals?: string;

  @SlugField({ maxLength: 9, example: 'a-b', optional: true })
  slug?: string;

  @EnumField({ values: ['up', 'down'], optional: true })
  choice?: string;

  @IntegerField({ min: -5, max: 5, notZero: true, optional: true })
  delta?: number;

  @QueryIntegerField({ min: 1, max: 100, optional: true })
  limit?: number;

  @BooleanField({ optional: true })
  flag?: boolean;

  @TimestampField({ ...MOMENTS, optional: true })
  at?: Date;

  @UuidField({ example: '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7', optional: true })
  id?: string;

  @ObjectField(() => Part, { optional: true })
  part?: Part;

  @ArrayField(() => Part, { minItems: 1, maxItems: 2, optional: true })
  parts?: Part[];
}

/** With more of it than its own fields, and a default. */
class Longer extends Whole {
  @IntegerField({ min: 1, max: 9, optional: true })
  more: number = 7;
}

class Foreign {
  @TextField({ maxLength: 3, example: 'abc' })
  ours!: string;

  @IsString()
  theirs!: string;
}

const classValidators = new ValidationPipe({
  transform: true,
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
});

/** What class-validator and class-transformer make of it; nothing, if they refuse it. */
const read = (type: typeof Whole, value: unknown): Promise<unknown> =>
  classValidators.transform(structuredClone(value), { type: 'body', metatype: type }).catch(() => UNDECIDED);

const ODDS = [
  null,
  '',
  0,
  1,
  -1,
  0.5,
  6,
  101,
  true,
  [],
  {},
  [[]],
  'abc',
  'ABC',
  'abcd',
  'a-b',
  'up',
  'EUR',
  'QQQ',
  '7',
];
const odd = fc.oneof(
  fc.constantFrom(...ODDS, MOMENTS.example, '2026-02-30T00:00:00Z', '019C0F4E-7D2B-7C11-9A53-5D1B6A0E42F7', '\u0007'),
  fc.string({ maxLength: 4, unit: 'binary' }),
  fc.integer({ min: -7, max: 120 }),
);
const oneOf = <T>(...right: readonly T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: odd });
const part = fc.record({ count: oneOf(0, 10), currency: oneOf('EUR', 'JPY'), x: odd }, { requiredKeys: ['count'] });
const aPart = fc.oneof({ weight: 9, arbitrary: part }, { weight: 1, arbitrary: odd });
const fields = {
  text: oneOf('a', 'abc', '😀😀😀'),
  capitals: oneOf('A', 'ABC'),
  slug: oneOf('a', 'a-b'),
  choice: oneOf('up', 'down'),
  delta: oneOf(-5, 5),
  limit: oneOf<unknown>('1', '100', 7),
  flag: oneOf(true, false),
  at: oneOf(MOMENTS.earliest, MOMENTS.example),
  id: oneOf('019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7', '019C0F4E-7D2B-7C11-9A53-5D1B6A0E42F7'),
  part: aPart,
  parts: fc.oneof({ weight: 9, arbitrary: fc.array(aPart, { maxLength: 3 }) }, { weight: 1, arbitrary: odd }),
  more: oneOf(1, 9),
  unknown: odd,
};
const requests = fc.subarray(Object.keys(fields) as (keyof typeof fields)[]).chain((names) => {
  const chosen =
    names.includes('unknown') && names.length % 3 !== 0 ? names.filter((name) => name !== 'unknown') : names;
  return fc.record(
    Object.fromEntries([...new Set(['text', ...chosen] as const)].map((name) => [name, fields[name as 'text']])),
  );
});

describe.each([Whole, Longer])('what is read of a request by %p at once', (type) => {
  it('is what class-validator and class-transformer make of it, and what they refuse is left to them', async () => {
    let decided = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 20, arbitrary: requests }, { weight: 1, arbitrary: odd }),
        async (request) => {
          const quick = readValid(type, request);
          const theirs = await read(type, request);
          if (quick !== UNDECIDED) decided += 1;
          expect(quick).toEqual(theirs);
          if (quick !== UNDECIDED) expect(Object.getPrototypeOf(quick)).toBe(type.prototype);
        },
      ),
      { numRuns: 1_500, seed: 20_261_126 },
    );
    expect(decided).toBeGreaterThan(100); // or the property would say nothing
    expect(decided).toBeLessThan(1_400);
  });
});

describe('what is read at once', () => {
  it('has the values of the class where nothing was given, and none of the fields that were absent', () => {
    expect(Object.entries(readValid(Longer, { text: 'a' }))).toEqual([
      ['more', 7],
      ['text', 'a'],
    ]);
  });

  it.each<[string, unknown]>([
    ['a name of the prototype', { text: 'a', constructor: 'b' }],
    ['what is there without a value', { text: 'a', slug: undefined }],
    ['no object', 'text'],
    ['an array', [{ text: 'a' }]],
  ])('is nothing of %s', (_what, request) => {
    expect(readValid(Whole, request)).toBe(UNDECIDED);
  });

  it('is nothing of a class that has other rules besides, or none of ours', () => {
    expect(readValid(Foreign, { ours: 'a', theirs: 'b' })).toBe(UNDECIDED);
    expect(readValid(class {}, {})).toBe(UNDECIDED);
  });
});
