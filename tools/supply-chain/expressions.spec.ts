import { describe, expect, it } from '@jest/globals';
import { expressionsOf } from './expressions.ts';

const found = (text: string) => expressionsOf('a.ts', text);
const readIn = (text: string) => found(text).read;
const unreadIn = (text: string) => found(text).unread;

describe('the expressions of a file', () => {
  it('are its literals, with where they stand', () => {
    expect(found('const a = 1;\nexport const slug = /^[a-z/]+\\/$/iu.test(name) || /x/.test(name);')).toEqual({
      read: [
        { where: 'a.ts:2', source: '^[a-z/]+\\/$', flags: 'iu' },
        { where: 'a.ts:2', source: 'x', flags: '' },
      ],
      unread: [],
    });
  });

  it.each([
    "new RegExp('^a+$', 'g')",
    "RegExp('^a+$', 'g')",
    "new RegExp(`^a+$`, 'g')",
    "new globalThis.RegExp('^a+$', 'g')",
    "globalThis['RegExp']('^a+$', 'g')",
    "new (RegExp)('^a+$', 'g')",
    "text.matchAll('^a+$')",
  ])('are made of a text: %s', (text) => {
    expect(found(text)).toEqual({ read: [{ where: 'a.ts:1', source: '^a+$', flags: 'g' }], unread: [] });
  });

  it.each(["text.match('a+')", "text?.search('a+')", "text['match']('a+')", "'a'.match('a+')"])(
    'are made by a method: %s',
    (text) => {
      expect(found(text)).toEqual({ read: [{ where: 'a.ts:1', source: 'a+', flags: '' }], unread: [] });
    },
  );

  it('have the flags that a copy gets', () => {
    expect(readIn("new RegExp(/a/g, 'iu')")).toContainEqual({ where: 'a.ts:1', source: 'a', flags: 'iu' });
  });

  it('have the escapes of the text resolved', () => {
    expect(readIn(String.raw`RegExp('\\d+')`)).toEqual([{ where: 'a.ts:1', source: String.raw`\d+`, flags: '' }]);
  });

  it.each([
    '// /a+/',
    "'/a+/'",
    'a / b / c',
    'new Map(a)',
    'new RegExp()',
    'match(a)',
    'RegExp.escape(a)',
    'a instanceof RegExp',
    'let a: RegExp | Array<RegExp>',
    'interface A extends RegExp {}',
    'a.match()',
    "a.split('b').replaceAll('c', 'd').includes(e)",
  ])('are not in %s', (text) => {
    expect(found(text)).toEqual({ read: [], unread: [] });
  });

  it.each([
    "new RegExp('^' + source)",
    "RegExp('a+' + 'b')",
    'new RegExp(source)',
    'new RegExp(String.raw`a+`)',
    'RegExp(`^$' + '{source}$`)',
    'RegExp(...parts)',
    'new globalThis.RegExp(source)',
    "new globalThis['RegExp'](source)",
    "new RegExp('a', flags)",
    'text.match(SOURCE)',
    'text.matchAll(`$' + '{a}+`)',
    'text?.search(a + b)',
    "text['match'](a)",
  ])('are unread in %s', (text) => {
    expect(found(`\n${text}`)).toEqual({ read: [], unread: [{ where: 'a.ts:2', key: `a.ts ${text}` }] });
  });

  it.each([
    'const Pattern = RegExp;',
    'const { RegExp: Pattern } = globalThis;',
    'Reflect.construct(RegExp, [source])',
    'sources.map(RegExp)',
    'class Pattern extends RegExp {}',
    'RegExp.call(null, source)',
  ])('may be made by whom RegExp is handed to: %s', (text) => {
    expect(unreadIn(text)).toEqual([{ where: 'a.ts:1', key: expect.stringContaining('RegExp') }]);
  });

  it('are known by their code, however it is laid out', () => {
    expect(unreadIn('new RegExp(\n  source,\n)')[0]?.key).toBe('a.ts new RegExp( source, )');
  });

  it('are seen between type syntax and decorators', () => {
    expect(readIn('class A { @Matches(/a*/) readonly b!: Record<string, number>; }')).toHaveLength(1);
  });
});
