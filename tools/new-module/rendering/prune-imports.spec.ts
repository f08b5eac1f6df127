import { expect, it } from '@jest/globals';
import { withoutUnusedImports } from './prune-imports.ts';

it('takes out what is imported and not used, and nothing else', () => {
  const text = `import { a, b, type C } from './one.js';
import { d, type E } from './two.js';
import { type F, type G } from './three.js';
import './four.js';

/** {@link a} is no use, and neither is a member of its name. */
export const used = (c: C): F => ({ a: b(c).d, ...c });
`;

  expect(withoutUnusedImports(text)).toBe(`import { b, type C } from './one.js';
import type { F } from './three.js';
import './four.js';

/** {@link a} is no use, and neither is a member of its name. */
export const used = (c: C): F => ({ a: b(c).d, ...c });
`);
});

it('knows a use in a shorthand, a type and a decorator', () => {
  const text = "import { a, B, C, type D } from './one.js';\n@B()\nclass X { d = { a }; e?: typeof C; f?: D }\n";

  expect(withoutUnusedImports(text)).toBe(text);
});
