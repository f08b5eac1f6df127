import { FieldFaults, type Field, type FieldKind, type FieldOrder } from '../field.ts';
import { distinctSamples, textsOf } from '../samples.ts';
import { columnOf, constantOf, integer, ofEntity, wordsOf } from '../literals.ts';
import { lengthIn } from './length.ts';

const LENGTH_MAX_DEFAULT = 2_000;
/** Some forty kilobytes of emoji in each of a hundred items of a page. */
const LENGTH_MAX = 10_000;

export const textKind: FieldKind = {
  name: 'text',
  syntax: 'text, text(500)',
  make: (order) => {
    const max = lengthIn(order.parameter, LENGTH_MAX_DEFAULT, LENGTH_MAX);
    if (max === null) {
      return new FieldFaults(
        `${order.name}: text(n) takes a length from 1 to ${LENGTH_MAX}, not "${order.parameter}".`,
      );
    }
    return textField(order, max);
  },
};

function textField(order: FieldOrder, max: number): Field {
  const { name } = order;
  const [column, bound] = [columnOf(name), `${constantOf(name)}_LENGTH_MAX`];
  const { sample, other } = distinctSamples(
    order,
    textsOf(order, max, `Some ${wordsOf(name)},\non two lines.`),
    textsOf(order, max, `Another ${wordsOf(name)}.`),
  );
  const longestSeed = `Some ${wordsOf(name)} of sample 99.`.length;
  return {
    kind: 'text',
    name,
    words: wordsOf(name),
    type: 'string',
    declarations: [`export const ${bound} = ${integer(max)};`],
    comment: `Empty when there is nothing to say; at most {@link ${bound}} code points, on any number of lines.`,
    fits: `(value) => isText(value, 0, ${bound})`,
    columns: [
      {
        name: column,
        sqlType: `varchar(${max})`,
        options: `{ type: 'varchar', length: ${bound} }`,
        type: 'string',
        value: ofEntity(order, name),
        sample,
        broken: [],
      },
    ],
    restored: `row.${column}`,
    request: {
      decorator: 'TextField',
      options: [`maxLength: ${bound}`, 'multiline: true', `example: ${sample}`],
      type: 'string',
      absent: `''`,
      read: (value) => value,
    },
    response: {
      options: `{ type: 'string', maxLength: ${bound}, example: ${sample} }`,
      type: 'string',
      written: ofEntity(order, name),
    },
    sample,
    other,
    wireSample: sample,
    wireOther: other,
    largest: `'🫖'.repeat(${bound})`,
    smallest: `''`,
    refused: [`'\\u0007'`, 'null', '7'].map((value) => ({ value })),
    unsound: ['undefined', 'null', '7', `'a'.repeat(${integer(max + 1)})`],
    seeded: `\`Some ${wordsOf(name)} of sample \${n + 1}.\`${longestSeed > max ? `.slice(-${bound})` : ''}`,
  };
}
