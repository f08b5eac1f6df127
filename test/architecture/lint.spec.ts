import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { ROOT } from './survey.js';

/** The real configuration without its type-aware rules: those need the linted text to be a file of the project. */
const untyped = new ESLint({ cwd: ROOT, overrideConfig: [tseslint.configs.disableTypeChecked] });

async function rulesBrokenBy(source: string, filePath: string): Promise<(string | null)[]> {
  const [result] = await untyped.lintText(`${source}\n`, { filePath });
  return (result?.messages ?? []).map((message) => message.ruleId);
}

const domain = 'libs/modules/orders/domain/order.ts';
const application = 'libs/modules/orders/application/place-order.ts';
const adapter = 'libs/modules/orders/adapters/http/orders.controller.ts';

describe('the linter', () => {
  it.each([
    ['a setting read past the configuration', adapter, 'export const port = process.env;', 'no-restricted-properties'],
    ['one unpacked from it', adapter, 'export const { env } = process;', 'no-restricted-properties'],
    ['the system clock in the domain', domain, 'export const now = new Date();', 'no-restricted-syntax'],
    ['the system clock in a use case', application, 'export const now = Date.now();', 'no-restricted-properties'],
    ['chance in the domain', domain, 'export const draw = Math.random();', 'no-restricted-properties'],
    ['a default export', adapter, 'export default class {}', 'no-restricted-syntax'],
    ['a line to the terminal', adapter, "console.log('here');", 'no-console'],
    ['any', adapter, 'export const it: any = 1;', '@typescript-eslint/no-explicit-any'],
    ['a loose comparison', adapter, 'export const same = (a: string, b: string) => a == b;', 'eqeqeq'],
    ['a lost cause', adapter, "try { f(); } catch (e) { throw new Error('x'); }", 'preserve-caught-error'],
  ])('refuses %s', async (_what, filePath, source, rule) => {
    expect(await rulesBrokenBy(source, filePath)).toContain(rule);
  });

  it.each([
    ['the configuration reads the environment', 'libs/platform/config/x.ts', 'export const all = process.env;'],
    ['an entry hands it over', 'apps/store/src/main.ts', 'export const all = process.env;'],
    ['a tool speaks to the terminal', 'tools/start.ts', "console.log('ready');"],
    ['the domain copies a given time', domain, 'export const copy = (at: Date) => new Date(at);'],
  ])('lets be: %s', async (_what, filePath, source) => {
    expect(await rulesBrokenBy(source, filePath)).toEqual([]);
  });

  it.each([
    '@typescript-eslint/no-floating-promises',
    '@typescript-eslint/no-misused-promises',
    '@typescript-eslint/no-unsafe-argument',
    '@typescript-eslint/no-unsafe-assignment',
    '@typescript-eslint/no-unsafe-call',
    '@typescript-eslint/no-unsafe-member-access',
    '@typescript-eslint/no-unsafe-return',
    '@typescript-eslint/switch-exhaustiveness-check',
  ])('holds %s everywhere', async (rule) => {
    for (const file of [domain, adapter, 'libs/platform/http/x.ts', 'apps/store/src/main.ts', 'tools/start.ts']) {
      expect((await rulesFor(file))[rule]?.[0]).toBe(2);
    }
  });

  it('never turns an injected class into a type import', async () => {
    expect((await rulesFor(adapter))['@typescript-eslint/consistent-type-imports']?.[0]).toBe(0);
  });
});

async function rulesFor(file: string): Promise<Record<string, readonly unknown[] | undefined>> {
  const config: unknown = await new ESLint({ cwd: ROOT }).calculateConfigForFile(file);
  return (config as { rules: Record<string, readonly unknown[] | undefined> }).rules;
}
