import { describe, expect, it } from '@jest/globals';
import { isSatisfied } from './spdx.ts';

const ALLOWED = new Set(['MIT', 'ISC', 'Apache-2.0']);
const satisfied = (expression: string) => isSatisfied(expression, (id) => ALLOWED.has(id));

describe('an SPDX expression', () => {
  it.each([
    'MIT',
    'MIT OR GPL-3.0-only',
    'GPL-3.0-only OR MIT',
    'MIT AND ISC',
    '(MIT AND ISC)',
    '(GPL-3.0-only AND MIT) OR ISC',
    'ISC AND (GPL-3.0-only OR MIT)',
    'GPL-3.0-only AND ISC OR MIT', // AND binds closer than OR
    'MIT OR ISC AND GPL-3.0-only',
  ])('is satisfied: %s', (expression) => {
    expect(satisfied(expression)).toBe(true);
  });

  it.each([
    'GPL-3.0-only',
    'MIT AND GPL-3.0-only',
    'GPL-3.0-only AND MIT',
    'GPL-3.0-only OR AGPL-3.0-only',
    '(MIT OR ISC) AND GPL-3.0-only',
    'MIT AND (GPL-3.0-only OR AGPL-3.0-only)',
  ])('is not satisfied: %s', (expression) => {
    expect(satisfied(expression)).toBe(false);
  });

  it.each([
    ['a guess of a licence checker', 'MIT*'],
    ['a guess as one side', 'MIT OR BSD*'],
    ['free text', 'SEE LICENSE IN LICENSE.md'],
    ['free text that begins like a licence', 'MIT license'],
    ['an exception that nobody has read', 'Apache-2.0 WITH LLVM-exception'],
    ['a missing side', 'MIT OR'],
    ['a missing first side', 'OR MIT'],
    ['a bracket that is not closed', '(MIT'],
    ['a bracket that was not opened', 'MIT)'],
    ['a bracket as a side', 'MIT OR )'],
    ['nothing', ''],
    ['another case', 'mit'],
  ])('is never satisfied by %s: %j', (_, expression) => {
    expect(satisfied(expression)).toBe(false);
  });
});
