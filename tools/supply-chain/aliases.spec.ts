import { describe, expect, it } from '@jest/globals';
import { findAliases } from './aliases.ts';
import { LOCK_FILE } from './checkout.ts';
import { readPackageLock } from './package-lock.ts';
import { aLock, aLockedPackage } from './testing/package-lock.builder.ts';

const known = { 'width-cjs': 'width' };
const width = aLockedPackage({ name: 'width' });

describe('aliases in the lock file', () => {
  it('are refused when nobody has agreed to them', () => {
    const lock = aLock({ 'width-cjs': width, pino: aLockedPackage({ name: 'p1no' }) });

    expect(findAliases(lock, known)).toEqual([
      expect.objectContaining({
        where: 'p1no@1.0.0 (node_modules/pino)',
        problem: 'is imported as pino, but is p1no',
      }),
    ]);
  });

  it('are refused for another package than was agreed to', () => {
    const lock = aLock({ 'width-cjs': aLockedPackage({ name: 'w1dth' }) });

    expect(findAliases(lock, known).map(({ problem }) => problem)).toEqual(['is imported as width-cjs, but is w1dth']);
  });

  it('are seen below other packages, and by names that every object has', () => {
    const lock = aLock({ 'width-cjs': width, 'a/node_modules/constructor': aLockedPackage({ name: 'b' }) });

    expect(findAliases(lock, known)).toHaveLength(1);
  });

  it('are no matter for a package by its own name', () => {
    expect(findAliases(aLock({ a: aLockedPackage({ name: 'a' }), b: aLockedPackage() }), {})).toEqual([]);
  });

  it('are not agreed to in advance', () => {
    expect(findAliases(aLock({}), known)).toEqual([expect.objectContaining({ where: 'width-cjs' })]);
  });

  it('are all agreed to in this project', async () => {
    expect(findAliases(await readPackageLock(LOCK_FILE))).toEqual([]);
  });
});
