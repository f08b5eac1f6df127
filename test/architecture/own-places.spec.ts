import { describe, expect, it } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const KEPT =
  /import\.meta\.dirname\b|createRequire\(import\.meta\.url\)(;|\('[^.#/])|findPackageJSON\('\.', import\.meta\.url\)/;

const othersIn = (file: string): string[] =>
  readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .filter((line) => line.includes('import.meta') && !KEPT.test(line));

describe('what finds something by its own place', () => {
  it('does so in a way that the bundle keeps: by its folder, by the place of packages, or by package.json', () => {
    const files = globSync(['apps/**/*.ts', 'libs/**/*.ts'], { cwd: ROOT }).filter(
      (file) => !/\.spec\.ts$|\/testing\//.test(file),
    );

    expect(files.length).toBeGreaterThan(500);
    expect(files.flatMap((file) => othersIn(file).map((line) => `${file}: ${line}`))).toEqual([]);
  });
});
