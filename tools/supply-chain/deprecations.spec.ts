import { describe, expect, it } from '@jest/globals';
import { findDeprecated, KEPT_THOUGH_DEPRECATED } from './deprecations.ts';
import { LOCK_FILE } from './checkout.ts';
import { readPackageLock } from './package-lock.ts';
import { aLock, aLockedPackage } from './testing/package-lock.builder.ts';

const old = aLockedPackage({ deprecated: 'use new' });

describe('deprecated packages', () => {
  it('are refused without a reason, with what their author says', () => {
    expect(findDeprecated(aLock({ fine: aLockedPackage(), old }), {})).toEqual([
      expect.objectContaining({ where: 'old@1.0.0 (node_modules/old)', problem: 'is deprecated: use new' }),
    ]);
  });

  it('are refused without words of their author too', () => {
    expect(findDeprecated(aLock({ old: { ...old, deprecated: '' } }), {})).toHaveLength(1);
  });

  it('are kept with a reason, in this version alone', () => {
    const kept = { 'old@1.0.0': 'needed by x until x 2' };

    expect(findDeprecated(aLock({ old }), kept)).toEqual([]);
    expect(findDeprecated(aLock({ old, 'a/node_modules/old': { ...old, version: '1.1.0' } }), kept)).toHaveLength(1);
  });

  it('may have a reason before the lock file knows that they are deprecated', () => {
    expect(findDeprecated(aLock({ old: aLockedPackage() }), { 'old@1.0.0': 'needed by x' })).toEqual([]);
  });

  it('lose their reason when they are gone', () => {
    expect(
      findDeprecated(aLock({ old: { ...old, version: '2.0.0' } }), { 'old@1.0.0': 'x', 'old@2.0.0': 'x' }),
    ).toEqual([
      expect.objectContaining({ where: 'old@1.0.0', problem: 'has an exception, but is not installed any more' }),
    ]);
  });

  it('all have a reason in this project, which says what ends it', async () => {
    expect(findDeprecated(await readPackageLock(LOCK_FILE))).toEqual([]);
    for (const reason of Object.values(KEPT_THOUGH_DEPRECATED)) expect(reason).toMatch(/.{20,}; ends with /);
  });

  it('are never in production in this project', async () => {
    const lock = await readPackageLock(LOCK_FILE);
    const shipped = Object.values(lock.packages).filter(({ dev, deprecated }) => !dev && deprecated !== undefined);
    const kept = Object.keys(KEPT_THOUGH_DEPRECATED).map((identity) => identity.slice(0, identity.lastIndexOf('@')));
    const keptAndShipped = kept.filter((name) => lock.packages[`node_modules/${name}`]?.dev === undefined);

    expect(shipped).toEqual([]);
    expect(keptAndShipped).toEqual([]);
  });
});
