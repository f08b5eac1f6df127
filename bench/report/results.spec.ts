import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Measuring } from '../options.js';
import { emptyResults, readResults, savedFile, writeResults } from './results.js';

describe('the file of saved results', () => {
  it.each<[string, Measuring, string]>([
    ['a full run', { do: 'compare', only: null }, 'c0ffee-compare.json'],
    ['one measurement, beside the full run', { do: 'compare', only: ['start'] }, 'c0ffee-compare-start.json'],
    ['some of them', { do: 'compare', only: ['tiny', 'by-id'] }, 'c0ffee-compare-tiny-by-id.json'],
    ['some with a load that is awake', { do: 'compare', only: ['tiny'], awake: true }, 'c0ffee-awake-tiny.json'],
    ['a profile', { do: 'profile', name: 'page' }, 'c0ffee-profile-page.json'],
    ['a ladder', { do: 'ladder' }, 'c0ffee-ladder.json'],
    ['a soak, however long', { do: 'soak', durationMs: 900_000 }, 'c0ffee-soak.json'],
  ])('is named by its commit and what was measured: %s', (_what, mode, name) => {
    expect(savedFile('/checkout', { commit: 'c0ffee' }, mode)).toBe(`/checkout/bench/results/${name}`);
  });
});

describe('results', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mainstay-results-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const pace = { rounds: 3, sliceMs: 250, warmUpMs: 750, connections: 16, starts: 1 };
  const results = emptyResults(folder, { server: 1, load: [0] }, pace, false);

  it('are read as they were written, in a folder that is made for them', () => {
    const file = join(folder, 'new/results.json');
    writeResults(file, results);

    expect(readResults(file)).toEqual(results);
  });

  it('are of an unknown commit where there is no checkout', () => {
    expect(results.commit).toBe('unknown');
  });

  it.each([
    ['is not there', 'none.json', null, /can not be read: .*ENOENT/],
    ['is cut off', 'half.json', '{"cases":[', /can not be read/],
    ['holds something else', 'other.json', '{"cases":{}}', /holds no results/],
  ])('are refused from a file that %s, by its name', (_what, name, content, words) => {
    const file = join(folder, name);
    if (content !== null) writeFileSync(file, content);

    expect(() => readResults(file)).toThrow(words);
    expect(() => readResults(file)).toThrow(file);
  });
});
