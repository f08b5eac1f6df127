import { FieldFaults, type Field, type FieldKind, type FieldOrder } from '../field.ts';
import { columnOf, constantOf, ofEntity, same, text, wordsOf } from '../literals.ts';

/** A date before is a zero, and one after a slip of the keyboard. Whoever keeps history writes other constants. */
const EARLIEST = '1970-01-01T00:00:00.000Z';
const LATEST = '2199-12-31T23:59:59.999Z';
const JUST_OUTSIDE = ['1969-12-31T23:59:59.999Z', '2200-01-01T00:00:00.000Z'];

export const timestampKind: FieldKind = {
  name: 'timestamp',
  syntax: 'timestamp',
  make: (order) =>
    order.parameter === null
      ? timestampField(order)
      : new FieldFaults(`${order.name}: timestamp takes nothing in parentheses.`),
};

/** A day for each field, and a month that no other time of a test has. */
const moment = (month: string, place: number) =>
  text(`2026-${month}-${String(place + 1).padStart(2, '0')}T10:11:12.131Z`);

function timestampField(order: FieldOrder): Field {
  const { name, place } = order;
  const column = columnOf(name);
  const [earliest, latest] = [`${constantOf(name)}_EARLIEST`, `${constantOf(name)}_LATEST`];
  const [sample, other] = [moment('04', place), moment('06', place)];
  const value = ofEntity(order, name);
  return {
    kind: 'timestamp',
    name,
    words: wordsOf(name),
    type: 'Date',
    declarations: [`export const ${earliest} = '${EARLIEST}';`, `export const ${latest} = '${LATEST}';`],
    comment: `{@link ${earliest}} to {@link ${latest}}.`,
    fits: `(value) => isTime(value, ${earliest}, ${latest})`,
    columns: [
      {
        name: column,
        sqlType: 'timestamptz(3)',
        options: `{ type: 'timestamptz', precision: 3 }`,
        type: 'Date',
        check: {
          sql: `${column} BETWEEN '${EARLIEST}' AND '${LATEST}'`,
          inRow: `${column} BETWEEN '\${${earliest}}' AND '\${${latest}}'`,
        },
        value,
        sample: `new Date(${sample})`,
        broken: [`${column} = 'infinity'`, `${column} = '1969-12-31T23:59:59Z'`],
      },
    ],
    restored: `row.${column}`,
    copied: `new Date(${value})`,
    json: { type: 'string', written: `${value}.toISOString()`, read: `new Date(kept.${name} as string)` },
    request: {
      decorator: 'TimestampField',
      options: [`earliest: ${earliest}`, `latest: ${latest}`, `example: ${sample}`],
      type: 'Date',
      read: same,
    },
    response: {
      options: `{ type: 'string', format: 'date-time', maxLength: 24, example: ${sample} }`,
      type: 'string',
      written: `${value}.toISOString()`,
    },
    sample: `new Date(${sample})`,
    other: `new Date(${other})`,
    wireSample: sample,
    wireOther: other,
    largest: `new Date(${latest})`,
    smallest: `new Date(${earliest})`,
    refused: [`'yesterday'`, `'2026-02-30T00:00:00Z'`, `'1969-12-31T23:59:59Z'`, 'null'].map((each) => ({
      value: each,
    })),
    unsound: ['undefined', `'yesterday'`, ...JUST_OUTSIDE.map((each) => `new Date('${each}')`)],
    seeded: 'new Date(FIRST_MS - n * HOUR_MS)',
  };
}
