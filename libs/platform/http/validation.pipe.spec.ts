import { describe, expect, it } from '@jest/globals';
import { ValidationFailed, type FieldFault } from '#platform/errors';
import {
  CurrencyField,
  EnumField,
  IntegerField,
  ObjectField,
  QueryIntegerField,
  SlugField,
  TextField,
} from './fields/index.js';
import { StrictValidationPipe } from './validation.pipe.js';

class PartRequest {
  @IntegerField({ min: 0, max: 10 })
  count!: number;

  @CurrencyField({ optional: true })
  currency?: string;
}

class WholeRequest {
  @TextField({ minLength: 1, maxLength: 3, example: 'abc', optional: true })
  text?: string;

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

  @ObjectField(() => PartRequest, { optional: true })
  part?: PartRequest;
}

class RequiredRequest {
  @TextField({ minLength: 1, maxLength: 3, example: 'abc' })
  text!: string;
}

const pipe = new StrictValidationPipe();
const read = (value: unknown, type: 'body' | 'query' = 'body', metatype: new () => object = WholeRequest) =>
  pipe.transform(value, { type, metatype });

async function faultsOf(...args: Parameters<typeof read>): Promise<readonly FieldFault[]> {
  const error: unknown = await read(...args)
    .then(() => null)
    .catch((reason: unknown) => reason);
  if (!(error instanceof ValidationFailed)) throw new Error(`Not refused: ${String(error)}`);
  return error.faults;
}

describe('the validation pipe', () => {
  it('gives an instance of the class, without the fields that were absent', async () => {
    const value = await read({ text: 'abc', part: { count: 3 } });
    expect(value).toBeInstanceOf(WholeRequest);
    expect((value as WholeRequest).part).toBeInstanceOf(PartRequest);
    expect(Object.keys(value as object)).toEqual(['text', 'part']);
  });

  it.each([
    ['an unknown field', { other: 1 }, '#/other', 'is not a known field'],
    ['an unknown field inside', { part: { count: 1, 'a/b': 1 } }, '#/part/a~1b', 'is not a known field'],
    ['a text that is a number', { text: 5 }, '#/text', 'must be a text'],
    ['a text that is null', { text: null }, '#/text', 'must be a text'],
    ['a text that is empty', { text: '' }, '#/text', 'must not be empty'],
    ['a text that is too long', { text: 'abcd' }, '#/text', 'must have at most 3 characters'],
    ['a text of another form', { capitals: 'abc' }, '#/capitals', 'must be capital letters'],
    ['a form with a line feed after it', { capitals: 'ABC\n' }, '#/capitals', 'must be capital letters'],
    ['a slug with two hyphens', { slug: 'a--b' }, '#/slug', expect.stringContaining('lower-case')],
    ['another choice', { choice: 'left' }, '#/choice', 'must be one of up, down'],
    ['a choice in a list', { choice: ['up'] }, '#/choice', 'must be one of up, down'],
    ['a number as text', { delta: '1' }, '#/delta', 'must be an integer'],
    ['a fraction', { delta: 0.5 }, '#/delta', 'must be an integer'],
    ['a number beyond all', { delta: Infinity }, '#/delta', 'must be an integer'],
    ['a number too low', { delta: -6 }, '#/delta', 'must not be less than -5'],
    ['a number too high', { delta: 6 }, '#/delta', 'must not be greater than 5'],
    ['a zero', { delta: 0 }, '#/delta', 'must not be 0'],
    ['an object that is null', { part: null }, '#/part', 'must be an object'],
    ['an object that is a text', { part: 'count' }, '#/part', 'must be an object'],
    ['an object that is empty', { part: {} }, '#/part/count', 'must be an integer'],
    ['a currency in small letters', { part: { count: 1, currency: 'eur' } }, '#/part/currency', expect.any(String)],
    ['a currency that is none', { part: { count: 1, currency: 'QQQ' } }, '#/part/currency', expect.any(String)],
  ])('refuses %s, and says where and why', async (_what, value, pointer, detail) => {
    expect(await faultsOf(value)).toEqual([{ pointer, detail }]);
  });

  it('refuses an array in the place of an object', async () => {
    const [fault] = await faultsOf({ part: [] });
    expect(fault).toEqual({ pointer: '#/part', detail: 'must be an object' });
  });

  it('tells what is missing', async () => {
    expect(await faultsOf({}, 'body', RequiredRequest)).toEqual([{ pointer: '#/text', detail: 'must be a text' }]);
  });

  it.each(['😀😀😀', '𝒳𝒳𝒳', 'e\u0301x'])('counts %s as three characters', async (text) => {
    expect(await read({ text })).toMatchObject({ text });
    expect(await faultsOf({ text: `${text}x` })).toHaveLength(1);
  });

  it('counts an emoji with its variation selector as two, as the database does', async () => {
    expect(await faultsOf({ text: '❤\ufe0f❤\ufe0f' })).toHaveLength(1);
  });
});

describe('the validation pipe on a query', () => {
  it('reads decimal digits as a number where one is asked for', async () => {
    expect(await read({ limit: '100' }, 'query')).toEqual({ limit: 100 });
  });

  it.each(['1e1', '0x1', ' 1', '1.0', '+1', '01', '', '٣', 'NaN', '9'.repeat(400)])(
    'does not read %j',
    async (limit) => {
      expect(await faultsOf({ limit }, 'query')).toEqual([{ pointer: '#/limit', detail: 'must be an integer' }]);
    },
  );

  it('does not read what came twice', async () => {
    const detail = 'must be given once';
    expect(await faultsOf({ limit: ['1', '2'] }, 'query')).toEqual([{ pointer: '#/limit', detail }]);
  });

  it('refuses texts that can not be stored and names that can not be fields', async () => {
    const query = { text: 'a\0', constructor: '1' };
    expect((await faultsOf(query, 'query')).map(({ pointer }) => pointer)).toEqual(['#/text', '#/constructor']);
  });
});
