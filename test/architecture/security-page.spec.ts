import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ROOT } from './survey.js';

const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');

/** `http/` is `libs/platform/http/`, as the page itself says. */
const abbreviations = [...page.matchAll(/`([a-z-]+\/)` is `([a-z-]+(?:\/[a-z-]+)*\/)`/g)].map(([, short, long]) => {
  return [String(short), String(long)] as const;
});

function inFull(path: string): string {
  const [short, long] = abbreviations.find(([abbreviation]) => path.startsWith(abbreviation)) ?? ['', ''];
  return long + path.slice(short.length);
}

const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| re') && !line.startsWith('| risk'));
const pathsIn = (text: string): string[] =>
  [...text.matchAll(/`([\w./-]+\/[\w.-]+\.\w+)`/g)].map(([, path]) => inFull(String(path)));

describe('the security page', () => {
  it('names files that exist', () => {
    const paths = rows.flatMap(pathsIn);

    expect(paths.length).toBeGreaterThan(80);
    expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('has a test behind each requirement', () => {
    const untested = rows.filter((row) => {
      const test = row.split('|').at(-2) ?? '';
      return !test.includes('as for API') && !pathsIn(test).some((path) => path.endsWith('.spec.ts'));
    });

    expect(rows.length).toBeGreaterThan(40);
    expect(untested).toEqual([]);
  });

  it('covers each of the ten risks', () => {
    const risks = rows.flatMap((row) => /^\| (API\d+) /.exec(row)?.[1] ?? []);

    expect(risks).toEqual(Array.from({ length: 10 }, (_, index) => `API${index + 1}`));
  });
});
