// What the compiler cannot say. Type-aware on every .ts file; layout is Prettier's, imports between folders are the
// walls' (.dependency-cruiser.mjs).
import prettier from 'eslint-config-prettier/flat';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.ts'];
const SPECS = ['**/*.spec.ts', '**/testing/**/*.ts', 'test/**/*.{ts,mjs}'];
const ENTRIES = ['apps/*/src/{main,migrate,seed}.ts'];
const DEVELOPER_TOOLS = ['tools/**/*.{ts,mjs,cjs}', 'bench/**/*.{ts,mjs}'];
const VAULT = ['libs/modules/*/{domain,application}/**/*.ts'];

/** Mistakes that run: each of these compiles, and then does something else than it says. */
const correctness = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'array-callback-return': 'error',
  'no-async-promise-executor': 'error',
  'no-cond-assign': ['error', 'always'],
  'no-constant-binary-expression': 'error',
  'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
  'no-constructor-return': 'error',
  'no-debugger': 'error',
  'no-dupe-else-if': 'error',
  'no-duplicate-case': 'error',
  'no-empty': 'error',
  'no-empty-pattern': 'error',
  'no-eval': 'error',
  'no-extend-native': 'error',
  'no-irregular-whitespace': 'error',
  'no-loss-of-precision': 'error',
  'no-misleading-character-class': 'error',
  'no-new-wrappers': 'error',
  'no-prototype-builtins': 'error',
  'no-return-assign': 'error',
  'no-self-assign': 'error',
  'no-self-compare': 'error',
  'no-sequences': 'error',
  'no-shadow-restricted-names': 'error',
  'no-sparse-arrays': 'error',
  'no-template-curly-in-string': 'error',
  'no-unmodified-loop-condition': 'error',
  'no-unsafe-finally': 'error',
  'no-unsafe-negation': 'error',
  'no-unsafe-optional-chaining': 'error',
  'no-useless-assignment': 'error',
  'no-useless-backreference': 'error',
  'no-useless-catch': 'error',
  'no-useless-escape': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  // An error that is caught and thrown as another one keeps its cause: without it a log tells the symptom alone.
  'preserve-caught-error': 'error',
  'use-isnan': 'error',
  'valid-typeof': 'error',
};

/** Bounds on size. Numbers: a screen and a half for a function, ten branches that a reader can still hold. */
const size = {
  'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
  complexity: ['error', { max: 12 }],
  'max-depth': ['error', 3],
  'max-params': ['error', 6], // injected dependencies included
  'max-nested-callbacks': ['error', 4],
};

const types = {
  '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: true }],
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
  '@typescript-eslint/switch-exhaustiveness-check': 'error',
  '@typescript-eslint/prefer-readonly': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-non-null-assertion': 'error',
  '@typescript-eslint/no-deprecated': 'error',
  '@typescript-eslint/no-mixed-enums': 'error',
  '@typescript-eslint/no-useless-constructor': 'error',
  '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'error',
  '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
  '@typescript-eslint/strict-boolean-expressions': 'off', // `if (!order)` on `Order | null` is the house style
  '@typescript-eslint/unified-signatures': 'error',
  '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  // `import { type A }` keeps the import of the file itself alive in the build; `import type` does not.
  '@typescript-eslint/no-import-type-side-effects': 'error',
  // Never on: its autofix turns an injected class into a type, its metadata into Object, and the boot into a failure.
  '@typescript-eslint/consistent-type-imports': 'off',
  // A memory adapter's method is async without an await, so that what it throws is a rejection like Postgres' own.
  '@typescript-eslint/require-await': 'off',
};

const SETTINGS_ONLY = {
  object: 'process',
  property: 'env',
  message: 'Settings are read, validated and documented in #platform/config; take a settings class from there.',
};
const NAMED_EXPORTS = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: one name everywhere, found by search, renamed by tools.',
};
const INJECTED_CLOCK = 'Time is an input: take it from the Clock of #kernel/clock, so that a test can set it.';
const INJECTED_RANDOMNESS = 'Chance is an input: take identifiers from #kernel/id, and the rest through a port.';

export default defineConfig(
  { ignores: ['dist/', 'bundle/', 'bundle.new/', 'node_modules/', '.data/', 'coverage/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { rules: { ...correctness, ...size, 'no-console': 'error' } },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: { ...types, 'no-restricted-syntax': ['error', NAMED_EXPORTS] },
  },
  {
    name: 'settings come from one place',
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: [...SPECS, ...ENTRIES, 'libs/platform/config/**'],
    rules: { 'no-restricted-properties': ['error', SETTINGS_ONLY] },
  },
  {
    name: 'time and chance are inputs of the vault',
    files: VAULT,
    ignores: SPECS,
    rules: {
      'no-restricted-syntax': [
        'error',
        NAMED_EXPORTS,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: INJECTED_CLOCK },
        { selector: "CallExpression[callee.name='Date']", message: INJECTED_CLOCK },
      ],
      'no-restricted-properties': [
        'error',
        SETTINGS_ONLY,
        { object: 'Date', property: 'now', message: INJECTED_CLOCK },
        { object: 'performance', property: 'now', message: INJECTED_CLOCK },
        { object: 'process', property: 'hrtime', message: INJECTED_CLOCK },
        { object: 'Math', property: 'random', message: INJECTED_RANDOMNESS },
        { object: 'crypto', property: 'randomUUID', message: INJECTED_RANDOMNESS },
      ],
    },
  },
  {
    name: 'the terminal is the interface of tools and entries',
    files: [...DEVELOPER_TOOLS, ...ENTRIES, 'test/setup/**'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'a table of data is as long as its data',
    files: ['libs/modules/*/seed/**/*.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    name: 'a specification reads from top to bottom',
    files: SPECS,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      'max-nested-callbacks': 'off',
      // `expect(port.find)` names a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  prettier,
);
