import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readRootFile } from './container-files.js';
import { moduleNames } from './modules.js';
import { ROOT } from './survey.js';

const SYSTEM = resolve(ROOT, 'test/system');
const leftOut = JSON.parse(readRootFile('test/setup/not-through-balancer.json')) as Readonly<Record<string, string>>;
const specs = globSync('**/*.spec.ts', { cwd: SYSTEM });
const isLeftOut = (spec: string): boolean => Object.keys(leftOut).some((path) => spec.startsWith(path));

describe('the suites that do not pass through the balancer', () => {
  it.each(Object.entries(leftOut))('%s: %s', (path, reason) => {
    expect(specs.filter((spec) => spec.startsWith(path))).not.toEqual([]);
    expect(reason).toMatch(/\S/);
  });

  it('are none of those whose subject is the API of a module', () => {
    const ofModules = specs.filter((spec) => moduleNames().some((name) => spec.startsWith(`${name}/`)));

    expect(ofModules).not.toEqual([]);
    expect(ofModules.filter(isLeftOut)).toEqual([]);
  });
});
