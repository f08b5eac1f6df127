import { FieldFaults, type Field, type FieldKind, type FieldOrder } from '../field.ts';
import { columnOf, ofEntity, same, text, wordsOf } from '../literals.ts';

const MODULE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The id of something of another module. Whether that module shows what it takes is looked at elsewhere. */
export const referenceKind: FieldKind = {
  name: 'ref',
  syntax: 'ref(catalog)',
  make: (order) =>
    MODULE.test(order.parameter ?? '')
      ? referenceField(order)
      : new FieldFaults(`${order.name}: ref(module) takes the name of a module, for example product:ref(catalog).`),
};

/** Ids that tell fields apart; in services, tests take those of things that are there. */
const idOf = (place: number, other: boolean) =>
  text(`019c0f4e-7d2b-7c11-9a53-5d1b6a0e4${other ? 'f' : '2'}${String(place).padStart(2, '0')}`);

function referenceField(order: FieldOrder): Field {
  const name = `${order.name}Id`;
  const column = columnOf(name);
  const [sample, other] = [idOf(order.place, false), idOf(order.place, true)];
  return {
    kind: 'ref',
    name,
    words: wordsOf(order.name),
    type: 'string',
    declarations: [],
    comment: `UUID in lower case, of something that module ${order.parameter ?? ''} has.`,
    fits: 'isUuid',
    columns: [
      {
        name: column,
        sqlType: 'uuid',
        options: `'uuid'`,
        type: 'string',
        comment: `Known to the module ${order.parameter ?? ''}: no foreign key crosses a module's wall.`,
        value: ofEntity(order, name),
        sample,
        broken: [],
      },
    ],
    restored: `row.${column}`,
    request: { decorator: 'UuidField', options: [`example: ${sample}`], type: 'string', read: same },
    response: {
      options: `{ type: 'string', format: 'uuid', maxLength: 36, example: ${sample} }`,
      type: 'string',
      written: ofEntity(order, name),
    },
    sample,
    other,
    wireSample: sample,
    wireOther: other,
    largest: `'ffffffff-ffff-ffff-ffff-ffffffffffff'`,
    smallest: `'00000000-0000-0000-0000-000000000000'`,
    refused: [`'kettle'`, 'null', '7'].map((value) => ({ value })),
    unsound: ['undefined', `'kettle'`],
    seeded: `nth(${order.name}Ids, n)`,
  };
}
