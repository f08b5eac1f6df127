import { programsAreHere } from './test/setup/programs-are-here.mjs';
import alone from './test/setup/alone.json' with { type: 'json' };
import notThroughBalancer from './test/setup/not-through-balancer.json' with { type: 'json' };

// Projects by what they need: `unit` nothing, `integration` a Postgres, `system`, `faults` and `deploy` a Postgres and the
// build; `faults` breaks what it depends on, `deploy` runs it as it is deployed. `replicas` is `system` once more, with
// three stores behind HAProxy. What of them measures time, or changes what all share, runs one suite at a time,
// after all others (test/setup/alone.json): a project of its own to Jest, of the same name, so that `--selectProjects` means both.

const base = {
  rootDir: import.meta.dirname,
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  setupFiles: ['<rootDir>/test/setup/preload.mjs'],
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/bundle/', '<rootDir>/bundle.new/'],
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

/** One suite at a time, and none of another project meanwhile. */
const oneAtATime = { runner: '<rootDir>/test/setup/one-at-a-time.mjs' };

const SPEC = '\\.spec\\.ts$';

/** Paths from the root; each has its reason there. */
const ALONE = Object.keys(alone);

/** @returns the project's suites, whose names end so, and those of them that run alone */
function withAlone(project, ending = SPEC) {
  const isOf = (path) => project.roots.some((root) => `<rootDir>/${path}`.startsWith(`${root}/`));
  const own = ALONE.filter(isOf).map((path) => `/${path}`);
  if (own.length === 0)
    throw new Error(`Nothing of ${project.displayName} runs alone: to Jest that would be all of it.`);
  return [
    { ...project, testRegex: ending, testPathIgnorePatterns: own.map((path) => `<rootDir>${path}`) },
    { ...project, ...oneAtATime, testRegex: own.map((path) => `${path}.*${SPEC}`) },
  ];
}

const inSystem = (paths) => Object.keys(paths).map((path) => `<rootDir>/test/system/${path}`);

const system = {
  ...base,
  displayName: 'system',
  roots: ['<rootDir>/test/system'],
  globalSetup: '<rootDir>/test/setup/built-apps.mjs',
  globalTeardown: '<rootDir>/test/setup/postgres-teardown.mjs',
};

const replicas = {
  ...system,
  displayName: 'replicas',
  testRegex: SPEC,
  // Each has its reason there.
  testPathIgnorePatterns: inSystem(notThroughBalancer),
  setupFiles: [...base.setupFiles, '<rootDir>/test/setup/replicas.mjs'],
};

/** @type {import('jest').Config} */
export default {
  // For hangs. A suite's first hook migrates, seeds and starts a store or three, which a busy machine may take long for.
  testTimeout: 60_000,
  // As many suites at once as there are cores, but where the project says `oneAtATime`.
  maxWorkers: '100%',
  // Tests of one suite that say `concurrent`. A small machine has two cores.
  maxConcurrency: 2,
  // Jest keeps the modules of every suite that it has run; some hundred suites in one process fill its heap. So they run
  // in a process beside Jest's own, which is replaced when it has grown beyond this.
  workerIdleMemoryLimit: '1GB',
  // A busy machine takes longer than the half second after which Jest says that a worker did not end.
  workerGracefulExitTimeout: 10_000,
  projects: [
    {
      ...base,
      displayName: 'unit',
      roots: ['<rootDir>/apps', '<rootDir>/bench', '<rootDir>/libs', '<rootDir>/tools', '<rootDir>/test/architecture'],
      testRegex: '(?<!\\.integration)\\.spec\\.ts$',
    },
    ...withAlone(
      {
        ...base,
        displayName: 'integration',
        roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools'],
        globalSetup: '<rootDir>/test/setup/postgres.mjs',
        globalTeardown: '<rootDir>/test/setup/postgres-teardown.mjs',
      },
      `\\.integration${SPEC}`,
    ),
    ...withAlone(system),
    ...(programsAreHere('replicas', ['haproxy', 'redis-server']) ? [replicas] : []),
    ...withAlone({ ...system, displayName: 'faults', roots: ['<rootDir>/test/faults'] }),
    ...withAlone({ ...system, displayName: 'deploy', roots: ['<rootDir>/test/deploy'] }),
  ],
};
