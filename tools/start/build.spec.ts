import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buildApp, stampOf, stampPath } from './build.ts';

describe('the fingerprint of the sources', () => {
  let checkout: string;
  const put = async (path: string, text: string) => {
    await mkdir(join(checkout, path, '..'), { recursive: true });
    await writeFile(join(checkout, path), text);
    await utimes(join(checkout, path), 1, 1);
  };
  const fingerprint = async () => (await stampOf(checkout)).fingerprint;

  beforeEach(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'build-'));
    await put('apps/store/src/main.ts', 'main');
    await put('libs/kernel/clock.ts', 'clock');
    await put('package.json', '{}');
  });

  afterEach(() => rm(checkout, { recursive: true }));

  it.each([
    ['a source that is new', () => put('libs/kernel/new.ts', '')],
    ['a source of another size', () => put('libs/kernel/clock.ts', 'longer clock')],
    ['a source of another time', () => utimes(join(checkout, 'libs/kernel/clock.ts'), 2, 2)],
    ['a source that is gone', () => rm(join(checkout, 'libs/kernel/clock.ts'))],
    ['another package.json', () => put('package.json', '{"a":1}')],
  ])('changes with %s', async (_, change) => {
    const before = await fingerprint();

    await change();

    expect(await fingerprint()).not.toBe(before);
  });

  it.each(['libs/kernel/clock.spec.ts', 'README.md', 'docs/guide.ts'])('does not change with %s', async (path) => {
    const before = await fingerprint();

    await put(path, 'text');

    expect(await fingerprint()).toBe(before);
  });

  it.each(['store', 'recommender'] as const)(
    'spares the build of the %s when nothing has changed since',
    async (app) => {
      await put(`dist/apps/${app}/src/main.js`, '');
      await writeFile(stampPath(checkout, app), JSON.stringify(await stampOf(checkout)));

      expect(await buildApp(checkout, app)).toBe('unchanged');
    },
  );
});
