import { FieldFaults, type Field, type FieldKind, type FieldOrder } from '../field.ts';
import { distinctSamples, SAMPLES_MAX } from '../samples.ts';
import { columnOf, constantOf, integer, ofEntity, same, wordsOf } from '../literals.ts';

/** What a PostgreSQL integer holds. */
const INT32_MIN = -2_147_483_648;
const INT32_MAX = 2_147_483_647;

export const integerKind: FieldKind = {
  name: 'integer',
  syntax: 'integer, integer(1..5)',
  make: (order) => {
    const bounds = boundsIn(order.parameter);
    if (bounds === null) {
      return new FieldFaults(
        `${order.name}: integer(a..b) takes two whole numbers of 32 bits, the lesser one first, not "${order.parameter}".`,
      );
    }
    return integerField(order, bounds);
  },
};

interface Bounds {
  readonly min: number;
  readonly max: number;
}

function boundsIn(parameter: string | null): Bounds | null {
  if (parameter === null) return { min: 0, max: INT32_MAX };
  const [, first = '', last = ''] = /^(-?\d{1,10})\.\.(-?\d{1,10})$/.exec(parameter) ?? [];
  const [min, max] = [Number(first), Number(last)];
  const sound = first !== '' && min < max && min >= INT32_MIN && max <= INT32_MAX;
  return sound ? { min: min + 0, max } : null;
}

/** Just outside, where 32 bits hold it: further out the column itself refuses, by another error. */
function outside({ min, max }: Bounds): number[] {
  return [min - 1, max + 1].filter((value) => value >= INT32_MIN && value <= INT32_MAX);
}

/** As many as samples may need, the first one after the last. */
function valuesFrom(first: number, { min, max }: Bounds): string[] {
  const count = max - min + 1;
  return Array.from({ length: Math.min(count, SAMPLES_MAX) }, (_, n) => integer(min + ((first - min + n) % count)));
}

function integerField(order: FieldOrder, bounds: Bounds): Field {
  const { name, place } = order;
  const { min, max } = bounds;
  const [column, constant] = [columnOf(name), constantOf(name)];
  const { sample, other } = distinctSamples(order, valuesFrom(Math.min(Math.max(3 + place, min), max), bounds));
  const constants = [`${constant}_MIN`, `${constant}_MAX`] as const;
  return {
    kind: 'integer',
    name,
    words: wordsOf(name),
    type: 'number',
    declarations: [
      `export const ${constants[0]} = ${integer(min)};`,
      `export const ${constants[1]} = ${integer(max)};`,
    ],
    comment: `A whole number, {@link ${constants[0]}} to {@link ${constants[1]}}.`,
    fits: `(value) => isInteger(value, ${constants.join(', ')})`,
    columns: [
      {
        name: column,
        sqlType: 'integer',
        options: `'integer'`,
        type: 'number',
        check: {
          sql: `${column} BETWEEN ${min} AND ${max}`,
          inRow: `${column} BETWEEN \${${constants[0]}} AND \${${constants[1]}}`,
        },
        value: ofEntity(order, name),
        sample,
        broken: outside(bounds).map((each) => `${column} = ${each}`),
      },
    ],
    restored: `row.${column}`,
    request: {
      decorator: 'IntegerField',
      options: [`min: ${constants[0]}`, `max: ${constants[1]}`, `example: ${sample}`],
      type: 'number',
      read: same,
    },
    response: {
      options: `{ type: 'integer', format: 'int32', minimum: ${constants[0]}, maximum: ${constants[1]}, example: ${sample} }`,
      type: 'number',
      written: ofEntity(order, name),
    },
    sample,
    other,
    wireSample: sample,
    wireOther: other,
    largest: constants[1],
    smallest: constants[0],
    refused: [integer(max + 1), integer(min - 1), '1.5', `'7'`, 'null'].map((each) => ({ value: each })),
    unsound: ['undefined', '1.5', `'7'`, integer(min - 1), integer(max + 1)],
    seeded: `${constants[0]} + (n % (${constants[1]} - ${constants[0]} + 1))`,
  };
}
