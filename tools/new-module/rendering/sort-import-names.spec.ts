import { expect, it } from '@jest/globals';
import { withSortedImportNames } from './sort-import-names.ts';

it('puts the names of an import in their order, types last, and leaves all else', () => {
  const text = `import whole, { type E, d, B as c, A } from './one.js';
import type { G, F } from './two.js';
import * as all from './three.js';
import './four.js';
export const b = { d, A };
`;

  expect(withSortedImportNames(text)).toBe(`import whole, { A, B as c, d, type E } from './one.js';
import type { F, G } from './two.js';
import * as all from './three.js';
import './four.js';
export const b = { d, A };
`);
});
