import { describe, expect, it } from '@jest/globals';
import { expressionsOf } from './expressions.ts';

const found = (text: string) => expressionsOf('a.ts', text);

describe('the expressions of a file', () => {
  it('are its literals, with where they stand', () => {
    expect(found('const a = 1;\nexport const slug = /^[a-z/]+\\/$/iu.test(name) || /x/.test(name);')).toEqual([
      { where: 'a.ts:2', source: '^[a-z/]+\\/$', flags: 'iu' },
      { where: 'a.ts:2', source: 'x', flags: '' },
    ]);
  });

  it.each(["new RegExp('^a+$', 'g')", "RegExp('^a+$', 'g')", "new RegExp(`^a+$`, 'g')"])(
    'are made of a text: %s',
    (text) => {
      expect(found(text)).toEqual([{ where: 'a.ts:1', source: '^a+$', flags: 'g' }]);
    },
  );

  it('have the escapes of the text resolved', () => {
    expect(found(String.raw`RegExp('\\d+')`)).toEqual([{ where: 'a.ts:1', source: String.raw`\d+`, flags: '' }]);
  });

  it.each(['// /a+/', "'/a+/'", 'a / b / c', "new RegExp('^' + source)", 'new RegExp(source)', 'new Map()'])(
    'are not in %s',
    (text) => {
      expect(found(text)).toEqual([]);
    },
  );

  it('are seen between type syntax and decorators', () => {
    expect(found('class A { @Matches(/a*/) readonly b!: Record<string, number>; }')).toHaveLength(1);
  });
});
