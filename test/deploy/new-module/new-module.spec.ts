import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TELLING_MS } from '../telling.js';
import { CheckoutCopy } from './checkout-copy.js';
import { REVIEWS } from './reviews.js';

/** On a busy machine; alone, each takes a third of it or less. */
const STEP_TIMEOUT_MS = 300_000;
/** Its tests, which take the longest by far: four minutes beside another suite. */
const TESTS_TIMEOUT_MS = 600_000;

/** Where files may come, and which ones may change: anything else would be one more place to know of. */
const TOUCHED = [
  /^\?\? libs\/modules\/reviews\//,
  /^\?\? test\/system\/reviews\//,
  /^\?\? docs\/runbooks\/alerts\/ReviewsFailing\.md$/,
  /^\?\? deploy\/observability\/prometheus\/(rules|tests)\/[a-z.]*reviews[a-z.]*\.yml$/,
  /^\?\? tools\/dashboards\/rows\/reviews\.ts$/,
  /^ M apps\/store\/src\/store\.module\.ts$/,
  // Written by `npm run docs`.
  /^ M (docs|deploy\/observability\/grafana|deploy\/kubernetes)\//,
  /^ M \.env\.example$/,
];

/** What the house is tested for that no module has a part in: it is the same here, and takes long. */
const WITHOUT_MODULES = [
  ...['bench-as-image', 'ci', 'compose', 'dependency-updates', 'healthcheck', 'lint', 'pipelines/', 'sabotages'],
  'kubernetes/(?!gateway|network-policies|observability|store-environment)',
].join('|');

/** Its own tests, and those of the house that look at all modules. */
const TESTS = [
  'reviews',
  `test/architecture/(?!${WITHOUT_MODULES})`,
  'edge/api-documents',
  'edge/documented-answers',
  'security/route-access',
];

describe('a new module', () => {
  let copy: CheckoutCopy;
  beforeAll(async () => {
    copy = await CheckoutCopy.make();
  }, STEP_TIMEOUT_MS);
  afterAll(() => copy.remove());

  const succeed = (script: string, args: readonly string[] = []): Promise<string> =>
    copy.succeed(script, args, STEP_TIMEOUT_MS - TELLING_MS);

  it(
    'is one folder and one line in the store; what tests, documents and watches it is found by its name',
    async () => {
      await succeed('new:module', REVIEWS);

      const elsewhere = (await copy.changes()).filter((line) => !TOUCHED.some((pattern) => pattern.test(line)));
      expect(elsewhere).toEqual([]);
      expect(await copy.git('diff', '--numstat', 'apps')).toMatch(/^2\t0\tapps\/store\/src\/store\.module\.ts\n$/);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'is the same when it is asked for again, in the tree that is dirty by it; the documents are seen to once more',
    async () => {
      await copy.git('add', '--all');

      const output = await succeed('new:module', REVIEWS);

      expect(output).toMatch(/wrote .* nothing: the module is there[^]*docs .* are as the code is now/);
      expect(await copy.git('diff', '--stat')).toBe('');
    },
    STEP_TIMEOUT_MS,
  );

  // supply-chain reads what is not touched: package.json and the lock file.
  it.each(['types', 'walls'])(
    'passes the gate: npm run %s',
    (script) => succeed(script).then(() => undefined),
    STEP_TIMEOUT_MS,
  );

  // What the gate says of all other files it says of this checkout as well, for most of a minute.
  it(
    'passes the gate: npm run lint, for what is new or changed',
    async () => {
      const touched = (await copy.changes()).map((line) => line.slice('?? '.length));
      const sources = touched.filter((path) => path.endsWith('.ts'));
      expect(sources).not.toEqual([]);

      const halfMs = (STEP_TIMEOUT_MS - TELLING_MS) / 2;
      expect(await copy.program('eslint/bin/eslint.js', sources, halfMs)).toMatchObject({ code: 0 });
      const check = ['--check', '--ignore-unknown', ...touched];
      const formatted = await copy.program('prettier/bin/prettier.cjs', check, halfMs);
      expect(formatted).toMatchObject({ code: 0 });
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'passes its own tests, and those that look at every module',
    async () => {
      const only = ['--maxWorkers=1', '--selectProjects', 'unit', 'integration', 'system'];
      const output = await copy.succeed('test', [...TESTS, ...only], TESTS_TIMEOUT_MS - TELLING_MS);

      expect(output).toMatch(/^Tests: .*\d+ passed/m);
      for (const kind of ['unit', 'integration', 'system']) expect(output).toMatch(new RegExp(`${kind}.*reviews`));
      for (const suite of ['walls', 'topologies', 'route-access', 'alerts', 'observability']) {
        expect(output).toMatch(new RegExp(`^PASS unit test/architecture/(kubernetes/)?${suite}`, 'm'));
      }
    },
    TESTS_TIMEOUT_MS,
  );

  it(
    'is gone without a trace when it is removed before anybody has it',
    async () => {
      await copy.git('reset', '--quiet');

      await succeed('remove:module', ['reviews']);

      expect(await copy.changes()).toEqual([]);
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'is written by the Nest CLI as well: nest generate',
    async () => {
      const collection = ['-c', 'tools/new-module/collection.json', 'module'];
      const args = ['generate', ...collection, 'notes', 'title:string,body:text', '--project', 'store'];

      const { code, output } = await copy.program('@nestjs/cli/bin/nest.js', args, STEP_TIMEOUT_MS - TELLING_MS);

      expect([code, output]).toEqual([0, expect.stringContaining('CREATE libs/modules/notes/index.ts')]);
      expect(await copy.changes()).toContain('?? libs/modules/notes/adapters/http/notes.controller.ts');
      expect(await copy.git('diff', '--numstat', 'apps')).toMatch(/^2\t0\tapps\/store\/src\/store\.module\.ts\n$/);
    },
    STEP_TIMEOUT_MS,
  );
});
