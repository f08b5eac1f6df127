import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Refusal } from '../process/refusal.ts';
import { runProgram } from '../process/run-program.ts';
import { bundle } from './bundle.ts';

const MAIN = 'apps/store/src/main.js';
const SEED = 'apps/store/src/seed.js';

/** Two programs that share a library of the platform. */
const BUILD: Readonly<Record<string, string>> = {
  [MAIN]: `import { hello } from '#platform/hello';\nconsole.log(hello('main'));`,
  [SEED]: `import { hello } from '#platform/hello';\nconsole.log(hello('seed'));`,
  'libs/platform/hello/index.js': `export { hello } from './hello.js';`,
  'libs/platform/hello/hello.js': [
    `import { basename } from 'node:path';`,
    `import { join } from '#kernel/join';`,
    `class Greeting {}`,
    `export const hello = (who) => join(basename(import.meta.dirname), Greeting.name, who);`,
  ].join('\n'),
  'libs/kernel/join.js': `export const join = (...parts) => parts.join(' ');`,
};

describe('the bundle of a build', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'bundle-')));
    await put('package.json', '{ "type": "module" }');
    for (const [path, text] of Object.entries(BUILD)) await put(`dist/${path}`, text);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const put = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const bundled = () => bundle(join(folder, 'dist'), join(folder, 'bundle'));
  const run = (path: string) =>
    runProgram(process.execPath, ['--enable-source-maps', join(folder, 'bundle', path)], {
      cwd: folder,
      timeoutMs: 30_000,
    });

  it('has the same programs at the same paths, and once what they share', async () => {
    expect(await bundled()).toEqual({ before: 4, after: 3 });

    expect((await run(MAIN)).output).toBe('hello Greeting main');
    expect((await run(SEED)).output).toBe('hello Greeting seed');
  });

  it('finds by its place what the build finds by its own: migrations as they are, and folders that are empty', async () => {
    const migration = 'libs/platform/hello/migrations/1795000000000-create.js';
    await put(`dist/${migration}`, 'export class Create1795000000000 {}');
    await put(
      `dist/${MAIN}`,
      [
        `import { readdirSync } from 'node:fs';`,
        `console.log(readdirSync(import.meta.dirname + '/../../../libs/platform/hello/migrations'));`,
      ].join('\n'),
    );

    await bundled();

    expect((await run(MAIN)).output).toContain('1795000000000-create.js');
    expect(await readdir(join(folder, 'bundle/libs/platform/hello'))).toEqual(['migrations']);
  });

  it('has what is no code at the same path', async () => {
    await put('dist/libs/platform/hello/assets/small/page.css', 'body {}');

    await bundled();

    expect(await readFile(join(folder, 'bundle/libs/platform/hello/assets/small/page.css'), 'utf8')).toBe('body {}');
  });

  it('leaves packages where they are', async () => {
    await put('node_modules/fixed/package.json', '{ "name": "fixed", "exports": "./index.cjs" }');
    await put('node_modules/fixed/index.cjs', 'module.exports = __filename;');
    await put(`dist/${MAIN}`, `import file from 'fixed';\nconsole.log(file);`);

    await bundled();

    expect((await run(MAIN)).output).toBe(join(folder, 'node_modules/fixed/index.cjs'));
  });

  it('tells the lines of the sources in stack traces', async () => {
    await put(`dist/${MAIN}`, `throw new Error('broken');\n//# sourceMappingURL=main.js.map`);
    const map = { version: 3, file: 'main.js', sources: ['../../../../apps/store/src/main.ts'], names: [] };
    await put(`dist/${MAIN}.map`, JSON.stringify({ ...map, mappings: 'AAyBA' }));

    await bundled();

    expect((await run(MAIN)).output).toContain('apps/store/src/main.ts:26');
  });

  it('leaves nothing of the bundle before it', async () => {
    await put('bundle/apps/store/src/gone.js', '');

    await bundled();

    expect(await readdir(join(folder, 'bundle/apps/store/src'))).toEqual([
      'main.js',
      'main.js.map',
      'seed.js',
      'seed.js.map',
    ]);
  });

  it('keeps the name of a class that two files have: log lines, errors and the document tell it', async () => {
    await put('dist/libs/kernel/join.js', `class Greeting {}\nexport const join = () => Greeting.name;`);
    await put(`dist/${MAIN}`, `${BUILD[MAIN] ?? ''}\nclass Greeting {}\nconsole.log(Greeting.name);`);

    await bundled();

    expect((await run(MAIN)).output).toBe('Greeting\nGreeting');
  });

  it.each([
    ['lacks what is imported', `import { none } from '#kernel/join';\nnone();`, /"none" is not exported/],
    ['goes round in a circle', `import '#platform/circle';`, /Circular dependency/],
  ])('is refused where the build %s', async (_what, main, words) => {
    await put('dist/libs/platform/circle/index.js', `import { b } from './b.js';\nexport const a = () => b;`);
    await put('dist/libs/platform/circle/b.js', `import { a } from './index.js';\nexport const b = () => a;`);
    await put(`dist/${MAIN}`, main);

    await expect(bundled()).rejects.toThrow(words);
  });

  it('stays as it was where the next one is refused', async () => {
    await bundled();
    await put(`dist/${MAIN}`, `import { none } from '#kernel/join';\nnone();`);

    await expect(bundled()).rejects.toThrow(Refusal);

    expect((await run(MAIN)).output).toBe('hello Greeting main');
  });

  it('is refused where there is no build', async () => {
    await rm(join(folder, 'dist'), { recursive: true });

    await expect(bundled()).rejects.toThrow(Refusal);
  });
});
