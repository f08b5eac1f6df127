import { beforeAll, describe, expect, it } from '@jest/globals';
import { check, resolveConfig } from 'prettier';
import ts from 'typescript';
import { aPlan, EVERY_KIND } from '../testing/checkout-tree.ts';
import { renderModule, type RenderedFile } from './render-module.ts';

/** A screen and a half; a row, or a contract, of eight fields is a little longer. */
const LINES_MAX = 125;

const MODULES: readonly (readonly [name: string, fields: readonly string[], singular?: string])[] = [
  ['reviews', EVERY_KIND],
  ['reviews', []],
  ...EVERY_KIND.map((field) => ['reviews', [field]] as const),
  ['gift-cards', ['worth:money', 'sentAt:timestamp', 'product:ref(catalog)', 'wrapping:ref(catalog)']],
  ['addresses', ['street:string(5)', 'notes:text(5)', 'floor:integer(-3000..-3)']],
  ['criteria', ['weight:integer(-2147483648..2147483647)'], 'criterion'],
  ['data-sets', ['isOpen:boolean', 'isOld:boolean', 'mood:enum(a|b)'], 'data-set'],
];

const syntaxFaults = ({ path, text }: RenderedFile): string[] => {
  const { diagnostics } = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, experimentalDecorators: true },
  });
  return (diagnostics ?? []).map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
};

const unusedImports = ({ path, text }: RenderedFile): string[] =>
  [...text.matchAll(/^import (?:type )?\{([^}]*)\}/gm)]
    .flatMap(([, names = '']) => names.split(','))
    .map((name) => name.replace(/\btype\b/, '').trim())
    .filter((name) => name !== '' && text.split(/\W+/).filter((word) => word === name).length < 2)
    .map((name) => `${path}: ${name}`);

describe.each(MODULES)('the module %s of %j', (name, fields, singular) => {
  let rendered: readonly RenderedFile[];
  beforeAll(async () => {
    rendered = await renderModule(aPlan(name, fields, singular));
  });

  it('is TypeScript, with nothing imported in vain', () => {
    const code = rendered.filter(({ path }) => path.endsWith('.ts'));

    expect(rendered.length).toBeGreaterThan(60);
    expect(code.flatMap(syntaxFaults)).toEqual([]);
    expect(code.flatMap(unusedImports)).toEqual([]);
  });

  it('has no file that is longer than a screen and a half, no two blank lines, and no blanks at an end', () => {
    for (const { path, text } of rendered) {
      expect([path, text.split('\n').length <= LINES_MAX]).toEqual([path, true]);
      expect([path, /\n\n\n|[ \t]\n|undefined\{|\[object|\bNaN\b(?!\()/.test(text)]).toEqual([path, false]);
      expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true);
    }
  });
});

describe('a module with a field of every kind', () => {
  it('is the same each time, each file once, as Prettier has it', async () => {
    const files = await renderModule(aPlan('reviews', EVERY_KIND));

    expect(await renderModule(aPlan('reviews', EVERY_KIND))).toEqual(files);
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
    for (const { path, text } of files.filter((file) => file.path.endsWith('.ts'))) {
      expect([path, await check(text, { ...(await resolveConfig(path)), filepath: path })]).toEqual([path, true]);
    }
  });
});
