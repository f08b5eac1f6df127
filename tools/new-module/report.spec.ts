import { describe, expect, it } from '@jest/globals';
import { nextSteps, remedyFor, summaryOf } from './report.ts';
import { aPlan } from './testing/checkout-tree.ts';

const FILE = { path: 'libs/modules/boxes/index.ts', text: '' };
const ROOT = { path: 'apps/store/src/store.module.ts', text: '' };

describe('what is said of a module that was written', () => {
  it('is how many files, and the singular that was made of its name', () => {
    const plan = aPlan('boxes');

    expect(summaryOf({ plan, created: [FILE, FILE], changed: [ROOT] })).toBe(
      '2 files, and a line in apps/store/src/store.module.ts; one of them is called "box"',
    );
    expect(summaryOf({ plan, created: [], changed: [] })).toContain('nothing: the module is there');
  });

  it('is the way back, where there is one: with Git', () => {
    expect(nextSteps('boxes', { skipDocs: false, state: 'clean' })).toContain('npm run remove:module -- boxes');
    expect(nextSteps('boxes', { skipDocs: false, state: 'no git' })).not.toContain('remove:module');
    expect(remedyFor('boxes', 'dirty')).toContain('npm run remove:module -- boxes');
    expect(remedyFor('boxes', 'no git')).not.toContain('remove:module');
  });

  it('is the documentation that is left to do, where it was skipped', () => {
    expect(nextSteps('boxes', { skipDocs: true, state: 'clean' })).toContain('npm run docs');
    expect(nextSteps('boxes', { skipDocs: false, state: 'clean' })).not.toContain('npm run docs');
  });
});
