import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { ACCESS_TABLE, RECOMMENDER_ACCESS_TABLE } from '../security/access-table.js';

const ROOT = join(import.meta.dirname, '../../..');
const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: ROOT });

/** What Spectral says of a document; `path` leads to the place in it: `paths`, `/v1/products`, `get`, … */
interface Finding {
  readonly code: string;
  readonly path: readonly string[];
}

/** Who is not asked for a token is not told that it is wrong: for a route that is open to everybody, and no other. */
const NO_401 = 'owasp:api8:2023-define-error-responses-401';

async function findingsOf(document: string): Promise<Finding[]> {
  const spectral = 'node_modules/@stoplight/spectral-cli/dist/index.js';
  const lint = node(spectral, 'lint', document, '--ruleset', '.spectral.yaml', '--format', 'json');
  const { stdout } = await lint.catch((found: unknown) => found as { stdout: string });
  return JSON.parse(stdout) as Finding[];
}

describe('what the documentation takes from the code', () => {
  it('is as `npm run docs` writes it: settings, errors, metrics, dashboards and the OpenAPI snapshot', async () => {
    await expect(node('tools/docs.ts', '--check')).resolves.toMatchObject({ stdout: '' });
  });

  it('has a runbook behind every link of the error catalogue, and links one for each 5xx', async () => {
    const page = await readFile(join(ROOT, 'docs/errors.md'), 'utf8');
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    const links = [...page.matchAll(/\]\((runbooks\/[^)]+)\)/g)].map(([, path]) => String(path));

    await Promise.all(links.map((path) => access(join(ROOT, 'docs', path))));
    expect(links).toHaveLength(rows.filter((row) => / \| 5\d\d \| /.test(row)).length);
    expect(links.length).toBeGreaterThan(0);
  });

  it.each([
    ['docs/openapi.json', ACCESS_TABLE],
    ['docs/openapi.recommender.json', RECOMMENDER_ACCESS_TABLE],
  ])('is an OpenAPI document without a fault, by Spectral and its OWASP rules: %s', async (document, table) => {
    const open = table.filter(({ access }) => access === 'public');
    const isOpen = ([, template, method]: Finding['path']): boolean =>
      open.some((route) => route.template === template && route.method.toLowerCase() === method);

    const findings = await findingsOf(document);

    expect(findings.filter(({ code, path }) => code !== NO_401 || !isOpen(path))).toEqual([]);
    expect(new Set(findings.map(({ path }) => path.join(' '))).size).toBe(open.length); // it has looked
  });
});
