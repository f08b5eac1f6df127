// Four projects, by what they need: `unit` nothing, `integration` a Postgres, `system` and `faults` a Postgres and the
// build; `faults` breaks what the build depends on.
const base = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/setup/preload.mjs'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
  },
};

/** @type {import('jest').Config} */
export default {
  testTimeout: 30_000,
  // One at a time: half of the suites measure time-outs on the processes that they start, and a neighbour on the same
  // cores would be measured too. `npm run test:unit` needs no such quiet.
  maxWorkers: 1,
  projects: [
    {
      ...base,
      displayName: 'unit',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools', '<rootDir>/test/architecture'],
      testRegex: '(?<!\\.integration)\\.spec\\.ts$',
    },
    {
      ...base,
      displayName: 'integration',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools'],
      testRegex: '\\.integration\\.spec\\.ts$',
      globalSetup: '<rootDir>/test/setup/postgres.mjs',
      globalTeardown: '<rootDir>/test/setup/postgres-teardown.mjs',
    },
    {
      ...base,
      displayName: 'system',
      roots: ['<rootDir>/test/system'],
      testRegex: '\\.spec\\.ts$',
      globalSetup: '<rootDir>/test/setup/built-store.mjs',
      globalTeardown: '<rootDir>/test/setup/postgres-teardown.mjs',
    },
    {
      ...base,
      displayName: 'faults',
      roots: ['<rootDir>/test/faults'],
      testRegex: '\\.spec\\.ts$',
      globalSetup: '<rootDir>/test/setup/built-store.mjs',
      globalTeardown: '<rootDir>/test/setup/postgres-teardown.mjs',
    },
  ],
};
