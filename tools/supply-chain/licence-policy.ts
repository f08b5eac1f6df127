/** What may be shipped: permissive, at most with a notice to keep. By SPDX identifier. */
export const SHIPPED_LICENCES: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

/** What may be used besides to develop, and is never handed on; each with its reason. */
export const DEVELOPMENT_LICENCES: Readonly<Record<string, string>> = {
  'Artistic-2.0': 'binds who hands on a changed copy; secretlint uses it to tell text from binary files',
  'CC-BY-3.0': 'attribution, on data alone: the SPDX lists of the licence checker',
  'CC-BY-4.0': 'attribution, on data alone: the browser table of caniuse-lite',
  'MPL-2.0': 'binds who hands on a changed file; axe-core is loaded as it is into the browser of a test',
  WTFPL: 'allows everything, but is not approved by the OSI, so not shipped; colours of a formatter',
};
