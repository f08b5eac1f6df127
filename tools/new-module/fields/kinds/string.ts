import { FieldFaults, type Field, type FieldKind, type FieldOrder } from '../field.ts';
import { distinctSamples, textsOf } from '../samples.ts';
import { columnOf, constantOf, integer, ofEntity, same, wordsOf } from '../literals.ts';
import { lengthIn } from './length.ts';

/** Each ends a line, for a terminal, an editor or a log: those of ASCII, and the three of Unicode. */
const LINE_BREAKS = ['\\n', '\\r', '\\u0085', '\\u2028', '\\u2029'];

const LENGTH_MAX_DEFAULT = 200;
/** Where a text of several lines is what is meant. */
const LENGTH_MAX = 500;

export const stringKind: FieldKind = {
  name: 'string',
  syntax: 'string, string(80)',
  make: (order) => {
    const max = lengthIn(order.parameter, LENGTH_MAX_DEFAULT, LENGTH_MAX);
    if (max === null) {
      return new FieldFaults(
        `${order.name}: string(n) takes a length from 1 to ${LENGTH_MAX}, not "${order.parameter}".`,
      );
    }
    return stringField(order, max);
  },
};

function stringField(order: FieldOrder, max: number): Field {
  const { name } = order;
  const [column, bound] = [columnOf(name), `${constantOf(name)}_LENGTH_MAX`];
  const literals = distinctSamples(
    order,
    textsOf(order, max, `Some ${wordsOf(name)}`),
    textsOf(order, max, `Another ${wordsOf(name)}`),
  );
  const longestSeed = `Sample ${wordsOf(name)} 99`.length;
  return {
    kind: 'string',
    name,
    words: wordsOf(name),
    type: 'string',
    declarations: [`export const ${bound} = ${integer(max)};`],
    comment: `1 to {@link ${bound}} code points, on one line.`,
    fits: `(value) => isLine(value, ${bound})`,
    columns: [
      {
        name: column,
        sqlType: `varchar(${max})`,
        options: `{ type: 'varchar', length: ${bound} }`,
        type: 'string',
        check: { sql: `${column} <> ''`, inRow: `${column} <> ''` },
        value: ofEntity(order, name),
        sample: literals.sample,
        broken: [`${column} = ''`],
      },
    ],
    restored: `row.${column}`,
    request: {
      decorator: 'TextField',
      options: ['minLength: 1', `maxLength: ${bound}`, `example: ${literals.sample}`],
      type: 'string',
      read: same,
    },
    response: {
      options: `{ type: 'string', minLength: 1, maxLength: ${bound}, example: ${literals.sample} }`,
      type: 'string',
      written: ofEntity(order, name),
    },
    ...literals,
    wireSample: literals.sample,
    wireOther: literals.other,
    largest: `'🫖'.repeat(${bound})`,
    smallest: `'a'`,
    refused: [`''`, `' '`, `'\\n'`, `'\\u2028'`, 'null', '7'].map((value) => ({ value })),
    unsound: ['undefined', '7', `''`, ...LINE_BREAKS.map((each) => `'${each}'`), `'a'.repeat(${integer(max + 1)})`],
    seeded: `\`Sample ${wordsOf(name)} \${n + 1}\`${longestSeed > max ? `.slice(-${bound})` : ''}`,
  };
}
