import { expect, it } from '@jest/globals';
import { tableOf } from './smoke.ts';

it('shows what holds, what does not, and what was found', () => {
  const verdicts = [
    { what: 'products are listed', holds: true, found: '5 products' },
    { what: 'a page', holds: false, found: 'nothing' },
  ];

  expect(tableOf(verdicts).split('\n')).toEqual([
    '  ok    products are listed  5 products',
    '  FAIL  a page               nothing',
    '  1 of 2 hold.',
    '',
  ]);
});
