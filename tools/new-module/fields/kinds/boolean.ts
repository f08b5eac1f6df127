import { FieldFaults, type Field, type FieldKind, type FieldOrder } from '../field.ts';
import { distinctSamples } from '../samples.ts';
import { columnOf, ofEntity, same, wordsOf } from '../literals.ts';

export const booleanKind: FieldKind = {
  name: 'boolean',
  syntax: 'boolean',
  make: (order) =>
    order.parameter === null
      ? booleanField(order)
      : new FieldFaults(`${order.name}: boolean takes nothing in parentheses.`),
};

function booleanField(order: FieldOrder): Field {
  const { name, place } = order;
  const column = columnOf(name);
  const { sample, other } = distinctSamples(order, place % 2 === 0 ? ['true', 'false'] : ['false', 'true']);
  return {
    kind: 'boolean',
    name,
    words: wordsOf(name),
    type: 'boolean',
    declarations: [],
    fits: `(value) => typeof value === 'boolean'`,
    columns: [
      {
        name: column,
        sqlType: 'boolean',
        options: `'boolean'`,
        type: 'boolean',
        value: ofEntity(order, name),
        sample,
        broken: [],
      },
    ],
    restored: `row.${column}`,
    request: { decorator: 'BooleanField', options: [`example: ${sample}`], type: 'boolean', read: same },
    response: {
      options: `{ type: 'boolean', example: ${sample} }`,
      type: 'boolean',
      written: ofEntity(order, name),
    },
    sample,
    other,
    wireSample: sample,
    wireOther: other,
    largest: 'true',
    smallest: 'false',
    refused: [`'true'`, '1', 'null'].map((value) => ({ value })),
    unsound: ['undefined', `'true'`, '1'],
    seeded: 'n % 2 === 0',
  };
}
