import { FieldFaults, type Field, type FieldKind, type FieldOrder } from '../field.ts';
import { columnOf, integer, ofEntity, wordsOf } from '../literals.ts';

export const moneyKind: FieldKind = {
  name: 'money',
  syntax: 'money',
  make: (order) =>
    order.parameter === null
      ? moneyField(order)
      : new FieldFaults(`${order.name}: money takes nothing in parentheses.`),
};

/** One for each field that a module may have, and one more: two that are swapped show by their currency, too. */
const CURRENCIES = ['EUR', 'SEK', 'USD', 'GBP', 'CHF', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF', 'CAD'];
const currencyAt = (place: number): string => CURRENCIES[place % CURRENCIES.length] ?? '';
/** As the kernel has it. */
const AMOUNT_MAX = 1_000_000_000_000;

const literal = (amount: number, currency: string) => `{ amount: ${integer(amount)}, currency: '${currency}' }`;

function moneyField(order: FieldOrder): Field {
  const { name, place } = order;
  const column = columnOf(name);
  const amount = 1_490 + place * 1_000;
  const [sample, other] = [literal(amount, currencyAt(place)), literal(amount + 500, currencyAt(place + 1))];
  return {
    kind: 'money',
    name,
    words: wordsOf(name),
    type: 'Money',
    declarations: [],
    fits: 'isMoney',
    columns: [amountColumn(order, column, amount), currencyColumn(order, column)],
    restored: `{ amount: Number(row.${column}_amount), currency: row.${column}_currency }`,
    copied: `{ ...${ofEntity(order, name)} }`,
    request: {
      decorator: 'ObjectField',
      first: '() => MoneyRequest',
      options: [],
      type: 'MoneyRequest',
      read: (value) => `money(${value}.amount, ${value}.currency)`,
    },
    response: {
      options: '{ type: MoneyResponse }',
      type: 'MoneyResponse',
      written: `MoneyResponse.from(${ofEntity(order, name)})`,
    },
    sample,
    other,
    wireSample: sample,
    wireOther: other,
    largest: `{ amount: AMOUNT_MAX, currency: 'JPY' }`,
    smallest: literal(0, 'EUR'),
    refused: [
      { value: 'null' },
      { value: '[]' },
      { value: `{ amount: 0.5, currency: 'EUR' }`, at: '/amount' },
      { value: `{ amount: 1, currency: 'eur' }`, at: '/currency' },
    ],
    unsound: ['1_200', literal(1.5, 'EUR'), literal(-1, 'EUR'), literal(AMOUNT_MAX + 1, 'EUR'), literal(100, 'euro')],
    seeded: `{ amount: 100 * (n + 1), currency: 'EUR' }`,
  };
}

const amountColumn = (order: FieldOrder, column: string, amount: number) => ({
  name: `${column}_amount`,
  sqlType: 'bigint',
  options: `'bigint'`,
  type: 'string',
  comment: "Text on the wire: pg doesn't trust a JavaScript number with 64 bits.",
  check: {
    sql: `${column}_amount BETWEEN 0 AND ${AMOUNT_MAX}`,
    inRow: `${column}_amount BETWEEN 0 AND \${AMOUNT_MAX}`,
  },
  value: `String(${ofEntity(order, order.name)}.amount)`,
  sample: `'${amount}'`,
  broken: [`${column}_amount = -1`, `${column}_amount = ${AMOUNT_MAX + 1}`],
});

const currencyColumn = (order: FieldOrder, column: string) => ({
  name: `${column}_currency`,
  sqlType: 'varchar(3)',
  options: `{ type: 'varchar', length: 3 }`,
  type: 'string',
  check: { sql: `${column}_currency ~ '^[A-Z]{3}$'`, inRow: `${column}_currency ~ '^[A-Z]{3}$'` },
  value: `${ofEntity(order, order.name)}.currency`,
  sample: `'${currencyAt(order.place)}'`,
  broken: [`${column}_currency = 'eur'`],
});
