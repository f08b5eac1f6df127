import { describe, expect, it } from '@jest/globals';
import { ValidationFailed, type FieldFault } from '#platform/errors';
import { StrictValidationPipe } from '../validation.pipe.js';
import { ArrayField, IntegerField, ObjectField, UuidField } from './index.js';

const ONE = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f7';
const OTHER = '019c0f4e-7d2b-7c11-9a53-5d1b6a0e42f8';

class LineRequest {
  @UuidField({ example: ONE })
  thingId!: string;

  @IntegerField({ min: 1, max: 9 })
  count!: number;
}

class BasketRequest {
  @ArrayField(() => LineRequest, { minItems: 1, maxItems: 3, uniqueBy: 'thingId' })
  lines!: LineRequest[];
}

class ParcelRequest extends BasketRequest {
  @ObjectField(() => BasketRequest, { optional: true })
  spare?: BasketRequest;
}

const line = (thingId = ONE, count: unknown = 2) => ({ thingId, count });
const read = (value: unknown): Promise<unknown> =>
  new StrictValidationPipe().transform(value, { type: 'body', metatype: ParcelRequest });

async function faultsOf(value: unknown): Promise<readonly FieldFault[]> {
  const error: unknown = await read(value).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ValidationFailed)) throw new Error(`Not refused: ${String(error)}`);
  return error.faults;
}

describe('an array field', () => {
  it('gives instances of the class of its items', async () => {
    const { lines } = (await read({ lines: [line(ONE, 2), line(OTHER, 3)] })) as ParcelRequest;

    expect(lines).toEqual([line(ONE, 2), line(OTHER, 3)]);
    expect(lines.every((item) => item instanceof LineRequest)).toBe(true);
  });

  it.each([
    ['none', {}, '#/lines', 'must be an array'],
    ['null', { lines: null }, '#/lines', 'must be an array'],
    ['an object', { lines: { 0: line(), length: 1 } }, '#/lines', 'must be an array'],
    ['a text', { lines: 'lines' }, '#/lines', 'must be an array'],
    ['one without items', { lines: [] }, '#/lines', 'must have at least 1 item'],
    ['one with too many', { lines: [1, 2, 3, 4].map(() => line()) }, '#/lines', 'must have at most 3 items'],
    ['one of numbers', { lines: [5] }, '#/lines', 'must hold objects only'],
    ['one with null in it', { lines: [line(), null] }, '#/lines', 'must hold objects only'],
    ['one of arrays', { lines: [[line()]] }, '#/lines', 'must hold objects only'],
    ['one of empty arrays', { lines: [[]] }, '#/lines', 'must hold objects only'],
    ['an item with a fault', { lines: [line(), line(OTHER, 0)] }, '#/lines/1/count', 'must not be less than 1'],
    ['an item without a field', { lines: [{ count: 1 }] }, '#/lines/0/thingId', 'must be a UUID'],
    ['an item with another field', { lines: [{ ...line(), a: 1 }] }, '#/lines/0/a', 'is not a known field'],
    ['an item twice', { lines: [line(), line(OTHER), line()] }, '#/lines/2/thingId', "is item 0's already"],
    [
      'an item twice inside',
      { lines: [line()], spare: { lines: [line(), line()] } },
      '#/spare/lines/1/thingId',
      "is item 0's already",
    ],
  ])('refuses %s, and says where and why', async (_what, value, pointer, detail) => {
    expect(await faultsOf(value)).toEqual([{ pointer, detail }]);
  });

  it('tells of each item that repeats another', async () => {
    const faults = await faultsOf({ lines: [line(), line(), line()] });

    expect(faults.map(({ pointer }) => pointer)).toEqual(['#/lines/1/thingId', '#/lines/2/thingId']);
  });
});

describe('a UUID field', () => {
  it('takes one in capitals for the same', async () => {
    expect(await read({ lines: [line(ONE.toUpperCase())] })).toMatchObject({ lines: [{ thingId: ONE }] });
    expect(await faultsOf({ lines: [line(), line(ONE.toUpperCase())] })).toHaveLength(1);
  });

  it.each([null, 5, '', 'kettle', ONE.slice(1), `${ONE}\n`, [ONE], { ONE }])('refuses %j', async (thingId) => {
    const faults = await faultsOf({ lines: [{ thingId, count: 1 }] });

    expect(faults).toEqual([{ pointer: '#/lines/0/thingId', detail: 'must be a UUID' }]);
  });
});
