import type { RequestToWrite } from '../../support/request-bytes.js';
import { CANARY, validationFailed, type BadInput } from './bad-input.js';

const valid = {
  sku: 'KETTLE-900',
  name: 'Pour-over kettle',
  description: 'Pours where you point it.',
  category: 'coffee-and-tea',
  price: { amount: 5490, currency: 'EUR' },
  stock: 17,
};

/** The valid body with one of its parts written otherwise, as text: 1e400 and 5.0 have no form of their own in JavaScript. */
function instead(part: string, by: string): RequestToWrite {
  const body = JSON.stringify(valid);
  if (!body.includes(part)) throw new Error(`The valid body has no ${part}.`);
  return { method: 'POST', path: '/v1/products', body: body.replace(part, () => by) };
}

const stock = (what: string, value: string): BadInput =>
  validationFailed(`a stock of ${what}`, instead('"stock":17', `"stock":${value}`), '#/stock');
const amount = (what: string, value: string): BadInput =>
  validationFailed(`an amount of ${what}`, instead('5490', value), '#/price/amount');
const name = (what: string, value: string): BadInput =>
  validationFailed(`a name of ${what}`, instead('"Pour-over kettle"', value), '#/name');
const sku = (what: string, value: string): BadInput =>
  validationFailed(`a SKU ${what}`, instead('"KETTLE-900"', value), '#/sku');
const extra = (key: string, pointer = `#/${key}`): BadInput =>
  validationFailed(`the unknown field ${key}`, instead('{"sku"', `{"${key}":"${CANARY}","sku"`), pointer);

const numbers: readonly BadInput[] = [
  stock('-1', '-1'),
  stock('1.5', '1.5'),
  stock('"5"', '"5"'),
  stock('true', 'true'),
  stock('null', 'null'),
  stock('[5]', '[5]'),
  stock('1,000,001', '1000001'),
  stock('2^53', '9007199254740992'),
  stock('1e400', '1e400'),
  amount('-1', '-1'),
  amount('0.1', '0.1'),
  amount('2^53', '9007199254740992'),
  amount('1e400', '1e400'),
  amount('"5490"', '"5490"'),
];

const texts: readonly BadInput[] = [
  name('nothing', '""'),
  name('null', 'null'),
  name('a number', '5'),
  name('an object', '{"a":1}'),
  name('201 letters', `"${'x'.repeat(201)}"`),
  name('201 astral letters', `"${'𝒳'.repeat(201)}"`),
  name('201 code points that look like 101 letters', `"${'❤\ufe0f'.repeat(100)}x"`),
  name('a NUL', `"${CANARY}\\u0000"`),
  name('a lone high surrogate', `"${CANARY}\\ud800"`),
  name('a lone low surrogate', `"\\udc00${CANARY}"`),
  name('surrogates in the wrong order', '"\\udc00\\ud800"'),
  sku('with a space', `"${CANARY} 9"`),
  sku('with a hyphen at its end', '"KETTLE-"'),
  sku('of 41 letters', `"${'K'.repeat(41)}"`),
  sku('with a line feed after it', '"KETTLE-900\\n"'),
  validationFailed(
    'a description of 2,001 letters',
    instead('"Pours where you point it."', `"${'x'.repeat(2001)}"`),
    '#/description',
  ),
  validationFailed('a description of null', instead('"Pours where you point it."', 'null'), '#/description'),
  validationFailed('a category that is no slug', instead('"coffee-and-tea"', '"Coffee & tea"'), '#/category'),
  validationFailed('a currency in small letters', instead('"EUR"', '"eur"'), '#/price/currency'),
  validationFailed('a currency that no country has', instead('"EUR"', '"QQQ"'), '#/price/currency'),
];

const shapes: readonly BadInput[] = [
  validationFailed('a price of null', instead('{"amount":5490,"currency":"EUR"}', 'null'), '#/price'),
  validationFailed('a price of 5', instead('{"amount":5490,"currency":"EUR"}', '5'), '#/price'),
  validationFailed('a price in an array', instead('{"amount":5490,"currency":"EUR"}', '[]'), '#/price'),
  validationFailed('a price without a currency', instead(',"currency":"EUR"', ''), '#/price/currency'),
  validationFailed('an unknown field of the price', instead('{"amount"', `{"tax":"${CANARY}","amount"`), '#/price/tax'),
  validationFailed('a field that is missing', instead('"sku":"KETTLE-900",', ''), '#/sku'),
  extra('id'),
  extra('status'),
  extra('a/b~c', '#/a~1b~0c'),
  // What every object inherits is a name as unknown as any other.
  extra('constructor'),
  extra('toString'),
  extra('hasOwnProperty'),
  extra('prototype'),
];

export const fields: readonly BadInput[] = [...numbers, ...texts, ...shapes];
