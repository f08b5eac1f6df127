import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readRootFile } from './container-files.js';
import { ROOT } from './survey.js';

const SYSTEM = resolve(ROOT, 'test/system');
const alone = JSON.parse(readRootFile('test/setup/alone.json')) as Readonly<Record<string, string>>;
const specs = globSync('**/*.spec.ts', { cwd: SYSTEM });
const isAlone = (spec: string): boolean => Object.keys(alone).some((path) => spec.startsWith(path));

describe('the suites of the system that run one at a time', () => {
  it.each(Object.entries(alone))('%s: %s', (path, reason) => {
    expect(specs.filter((spec) => spec.startsWith(path))).not.toEqual([]);
    expect(reason).toMatch(/\S/);
  });

  it('are all that measure time: a neighbour on the same cores would be measured too', () => {
    const measuring = specs.filter((spec) => /performance\.now|SLACK_MS/.test(readRootFile(`test/system/${spec}`)));

    expect(measuring).not.toEqual([]);
    expect(measuring.filter((spec) => !isAlone(spec))).toEqual([]);
  });
});
