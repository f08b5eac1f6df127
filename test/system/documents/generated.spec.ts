import { execFile } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../..');
const node = (...args: string[]) => promisify(execFile)(process.execPath, args, { cwd: ROOT });

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

  it.each(['docs/openapi.json', 'docs/openapi.recommender.json'])(
    'is an OpenAPI document without a fault, by Spectral and its OWASP rules: %s',
    async (document) => {
      const lint = node(
        'node_modules/@stoplight/spectral-cli/dist/index.js',
        ...['lint', document, '--ruleset', '.spectral.yaml', '--fail-severity', 'warn'],
      );
      await expect(lint).resolves.toMatchObject({ stdout: expect.stringContaining('No results') });
    },
  );
});
