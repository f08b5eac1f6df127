import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CheckoutCopy } from './checkout-copy.js';

/** On a busy machine; alone, each takes a third of it or less. */
const STEP_TIMEOUT_MS = 300_000;

/** A field of every type, and a product that it is about. */
const FIELDS = [
  'headline:string',
  'body:text',
  'stars:integer',
  'price:money',
  'recommended:boolean',
  'boughtAt:timestamp',
  'mood:enum(delighted|content|cross)',
  'product:ref(catalog)',
];

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

/** Its own tests, and those of the house that look at all modules. */
const TESTS = [
  'reviews',
  'test/architecture',
  'edge/api-documents',
  'edge/documented-answers',
  'security/route-access',
];

interface Verdict {
  readonly promise: string;
  readonly resource: string | null;
  readonly outcome: string;
}

describe('a new module', () => {
  let copy: CheckoutCopy;
  beforeAll(async () => {
    copy = await CheckoutCopy.make();
  }, STEP_TIMEOUT_MS);
  afterAll(() => copy.remove());

  const succeed = async (script: string, args: readonly string[] = []): Promise<string> => {
    const { code, output } = await copy.run(script, args, STEP_TIMEOUT_MS);
    if (code !== 0) throw new Error(`npm run ${script} ${args.join(' ')} ended with ${code}:\n${output}`);
    return output;
  };

  it(
    'is one folder and one line in the store; what tests, documents and watches it is found by its name',
    async () => {
      await succeed('new:module', ['reviews', ...FIELDS]);

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

      const output = await succeed('new:module', ['reviews', ...FIELDS]);

      expect(output).toMatch(/wrote .* nothing: the module is there[^]*docs .* are as the code is now/);
      expect(await copy.git('diff', '--stat')).toBe('');
    },
    STEP_TIMEOUT_MS,
  );

  it.each(['types', 'lint', 'walls', 'supply-chain'])(
    'passes the gate: npm run %s',
    (script) => succeed(script).then(() => undefined),
    STEP_TIMEOUT_MS,
  );

  it(
    'passes its own tests, and those that look at every module',
    async () => {
      const output = await succeed('test', [...TESTS, '--selectProjects', 'unit', 'integration', 'system']);

      expect(output).toMatch(/^Tests: .*\d+ passed/m);
      for (const kind of ['unit', 'integration', 'system']) expect(output).toMatch(new RegExp(`${kind}.*reviews`));
    },
    STEP_TIMEOUT_MS,
  );

  it(
    'keeps the promises of the house: npm run verify',
    async () => {
      const file = join(copy.path, '.data/verdicts.json');
      await mkdir(join(copy.path, '.data'), { recursive: true });

      await succeed('verify', ['--no-build', '--json', file]);

      const { verdicts } = JSON.parse(await readFile(file, 'utf8')) as { verdicts: Verdict[] };
      const tried = verdicts.filter(({ resource, outcome }) => resource === 'reviews' && outcome === 'pass');
      expect(tried.map(({ promise }) => promise)).toEqual(expect.arrayContaining(['B1', 'C3', 'C4', 'D2', 'E6', 'F1']));
    },
    STEP_TIMEOUT_MS,
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

      const { code, output } = await copy.nest(args, STEP_TIMEOUT_MS);

      expect([code, output]).toEqual([0, expect.stringContaining('CREATE libs/modules/notes/index.ts')]);
      expect(await copy.changes()).toContain('?? libs/modules/notes/adapters/http/notes.controller.ts');
      expect(await copy.git('diff', '--numstat', 'apps')).toMatch(/^2\t0\tapps\/store\/src\/store\.module\.ts\n$/);
    },
    STEP_TIMEOUT_MS,
  );
});
