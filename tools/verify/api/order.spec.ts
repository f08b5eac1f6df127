import { expect, it } from '@jest/globals';
import { disorderIn } from './order.ts';

const items = (...values: unknown[]) => values.map((rank) => ({ rank }));

it.each([
  ['rising numbers', items(1, 2, 2, 10), 'rank', 'order'],
  ['falling numbers', items(10, 2, 2), 'rank', 'disorder'],
  ['falling numbers, as wished', items(10, 2), '-rank', 'order'],
  ['capitals before others, as bytes are', items('Z', 'a'), 'rank', 'order'],
  ['money, by its amount', items({ amount: 900 }, { amount: 1_000 }), 'rank', 'order'],
  ['one value alone', items(1, 1), 'rank', 'unknown'],
  ['a field that is not there', items(1, 2), 'weight', 'unknown'],
])('%s', (_what, list, sort, expected) => {
  expect(disorderIn(list, sort)).toBe(expected);
});
