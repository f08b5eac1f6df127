import { describe, expect, it } from '@jest/globals';
import { markdownTable, table, told } from './table.js';

describe('a table', () => {
  it('has columns as wide as their widest cell', () => {
    expect(
      table(
        ['', 'µs'],
        [
          ['bare', '7'],
          ['ours, all of it', '123'],
        ],
      ),
    ).toBe(['                  µs', '---------------  ---', 'bare               7', 'ours, all of it  123'].join('\n'));
  });

  it('can be Markdown', () => {
    expect(markdownTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  });

  it('has three digits of a number, and a dash for none', () => {
    expect([0.123, 12.34, 1_234.5, NaN].map(told)).toEqual(['0.12', '12.3', '1,235', '–']);
  });
});
