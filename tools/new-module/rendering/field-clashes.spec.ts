import { describe, expect, it } from '@jest/globals';
import { camel, kebabOf } from '../names/names.ts';
import { enumTypeOf } from '../fields/enum-type.ts';
import { aPlan } from '../testing/checkout-tree.ts';
import { clashesOfFields } from './field-clashes.ts';
import { filledTemplates } from './render-module.ts';
import { twiceDeclaredIn } from './twice-declared.ts';

async function clashesWith(...fields: readonly string[]): Promise<string> {
  const plan = aPlan('reviews', fields);
  return clashesOfFields(await filledTemplates(plan), plan.fields).join('\n');
}

describe('fields of a module', () => {
  it.each([
    [
      ['title:string', 'titleLength:integer'],
      'title, titleLength: the module would have two things called TITLE_LENGTH_MAX',
    ],
    [['amount:integer', 'price:money'], 'amount: the module would have two things called AMOUNT_MAX'],
    [['told:boolean'], 'told: the module would have two things called told'],
    [['refuseWhenArchived:boolean'], 'refuseWhenArchived: the module would'],
  ])('%j bring a name that is taken: %s', async (fields, told) => {
    expect(await clashesWith(...fields)).toContain(told);
  });

  it.each(['draft', 'state', 'changes', 'response', 'notFound', 'archived', 'changed', 'sort', 'row'])(
    'may be an enum called %s, whose type is not what the module calls by that',
    async (name) => {
      expect(await clashesWith(`${name}:enum(open|shut)`)).toBe('');
    },
  );

  it('make a type by another word than all that the module says of one thing', async () => {
    const { names } = aPlan('reviews');
    const files = await filledTemplates(aPlan('reviews', ['product:ref(catalog)']));
    const words = new Set(
      files.flatMap(({ text }) => [...text.matchAll(/\bReview([A-Z]\w*)/g)].map(([, word]) => word ?? '')),
    );

    expect(words.size).toBeGreaterThan(15);
    for (const word of words) expect(enumTypeOf(names, camel(kebabOf(word).slice(1)))).toBe(`Review${word}Value`);
    expect(enumTypeOf(names, 'mood')).toBe('ReviewMood');
  });
});

it.each([
  ['an import and a declaration', "import type { A } from './a.js';\nexport type A = string;", ['A']],
  ['two members of a class', 'class A { b = 1; b(): void {} }', ['b']],
  ['two keys of an object', 'const a = { b: 1, b: 2 };', ['b']],
  ['two members of an interface', 'interface A { b: string; b: number }', ['b']],
  [
    'a getter with its setter, and a static member',
    'class A { get b() { return 1; } set b(x) {} static c = 1; c = 2; }',
    [],
  ],
  ['a spread', 'const a = { ...b, ...c };', []],
])('%s: %j has %j twice', (_what, text, twice) => {
  expect(twiceDeclaredIn(text)).toEqual(twice);
});
