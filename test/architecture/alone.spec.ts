import { globSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readRootFile } from './container-files.js';
import { ROOT } from './survey.js';

const alone = JSON.parse(readRootFile('test/setup/alone.json')) as Readonly<Record<string, string>>;
const specs = [
  ...globSync('{apps,libs,tools}/**/*.integration.spec.ts', { cwd: ROOT }),
  ...globSync('test/{system,faults,deploy}/**/*.spec.ts', { cwd: ROOT }),
];
const isAlone = (spec: string): boolean => Object.keys(alone).some((path) => spec.startsWith(path));

describe('the suites that run one at a time', () => {
  it.each(Object.entries(alone))('%s: %s', (path, reason) => {
    expect(specs.filter((spec) => spec.startsWith(path))).not.toEqual([]);
    expect(reason).toMatch(/\S/);
  });

  it('are all that measure time: a neighbour on the same cores would be measured too', () => {
    const measuring = specs.filter((spec) => /performance\.now|SLACK_MS/.test(readRootFile(spec)));

    expect(measuring).not.toEqual([]);
    expect(measuring.filter((spec) => !isAlone(spec))).toEqual([]);
  });
});
