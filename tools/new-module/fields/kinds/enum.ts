import { enumTypeOf } from '../enum-type.ts';
import { FieldFaults, type Field, type FieldKind, type FieldOrder } from '../field.ts';
import { distinctSamples } from '../samples.ts';
import { columnOf, constantOf, ofEntity, same, text, wordsOf } from '../literals.ts';

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** A longer list is a table of its own. */
const VALUES_MAX = 20;
/** The width of the column as well, so that a new value is a new CHECK and no other type. */
const VALUE_LENGTH_MAX = 40;

export const enumKind: FieldKind = {
  name: 'enum',
  syntax: 'enum(low|high)',
  make: (order) => {
    const values = (order.parameter ?? '').split('|');
    const faults = faultsOf(order.name, values);
    return faults.length > 0 ? new FieldFaults(...faults) : enumField(order, values);
  },
};

function faultsOf(name: string, values: readonly string[]): string[] {
  const faults: string[] = [];
  const unfit = values.filter((value) => !SLUG.test(value) || value.length > VALUE_LENGTH_MAX);
  if (values.length < 2 || values.length > VALUES_MAX) {
    faults.push(`${name}: enum(a|b) takes 2 to ${VALUES_MAX} values, with | between them.`);
  } else if (unfit.length > 0) {
    const listed = unfit.map((value) => `"${value}"`).join(', ');
    faults.push(
      `${name}: the values of an enum are lower-case letters and digits with single hyphens between them, at most ${VALUE_LENGTH_MAX}; not ${listed}.`,
    );
  }
  const twice = values.filter((value, place) => values.indexOf(value) < place);
  if (twice.length > 0) faults.push(`${name}: ${[...new Set(twice)].join(', ')} is there twice.`);
  return faults;
}

function enumField(order: FieldOrder, values: readonly string[]): Field {
  const { name, names, place } = order;
  const column = columnOf(name);
  const constant = `${constantOf(name)}_VALUES`;
  const type = enumTypeOf(names, name);
  const at = (n: number) => text(values[n % values.length] ?? '');
  const { sample, other } = distinctSamples(
    order,
    values.map((_, n) => at(place + n)),
  );
  return {
    kind: 'enum',
    name,
    words: wordsOf(name),
    type,
    declarations: [
      `export const ${constant} = [${values.map(text).join(', ')}] as const;`,
      `export type ${type} = (typeof ${constant})[number];`,
    ],
    fits: `(value) => ${constant}.includes(value as ${type})`,
    columns: [
      {
        name: column,
        sqlType: `varchar(${VALUE_LENGTH_MAX})`,
        options: `{ type: 'varchar', length: ${VALUE_LENGTH_MAX} }`,
        type,
        check: {
          sql: `${column} IN (${values.map((value) => `'${value}'`).join(', ')})`,
          inRow: `${column} IN (\${quoted(${constant})})`,
        },
        value: ofEntity(order, name),
        sample,
        broken: [`${column} = ''`],
      },
    ],
    restored: `row.${column}`,
    request: {
      decorator: 'EnumField',
      options: [`values: ${constant}`, `example: ${sample}`],
      type,
      read: same,
    },
    response: {
      options: `{ type: 'string', enum: [...${constant}], example: ${sample} }`,
      type,
      written: ofEntity(order, name),
    },
    sample,
    other,
    wireSample: sample,
    wireOther: other,
    largest: at(values.length - 1),
    smallest: at(0),
    refused: [`'no-such-value'`, `''`, 'null', '7'].map((value) => ({ value })),
    unsound: ['undefined', `'no-such-value'`],
    seeded: `nth(${constant}, n)`,
  };
}
