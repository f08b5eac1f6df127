import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findUndecidedScripts, readAllowScripts } from './install-scripts.ts';
import { CHECKOUT, LOCK_FILE } from './checkout.ts';
import { readPackageLock } from './package-lock.ts';
import { aLock, aLockedPackage } from './testing/package-lock.builder.ts';

const scripted = aLockedPackage({ hasInstallScript: true });

describe('install scripts', () => {
  it('are refused from a package that newly brings one', () => {
    const lock = aLock({ decided: scripted, 'x/node_modules/@new/one': scripted });

    expect(findUndecidedScripts(lock, { decided: false })).toEqual([
      expect.objectContaining({
        where: '@new/one@1.0.0 (node_modules/x/node_modules/@new/one)',
        problem: 'brings an install script that nobody has decided on',
      }),
    ]);
  });

  it.each([true, false])('are settled by a decision: %j', (decision) => {
    expect(findUndecidedScripts(aLock({ decided: scripted }), { decided: decision })).toEqual([]);
  });

  it('are decided by the name in the registry, as npm does it, and not by an alias', () => {
    const lock = aLock({ alias: aLockedPackage({ name: 'real', hasInstallScript: true }) });

    expect(findUndecidedScripts(lock, { real: false })).toEqual([]);
    expect(findUndecidedScripts(lock, { alias: false })).toHaveLength(2);
  });

  it('do not run from a bundle', () => {
    const parent = aLockedPackage({ bundleDependencies: ['b'] });
    const bundled = aLockedPackage({ hasInstallScript: true, inBundle: true });

    expect(findUndecidedScripts(aLock({ a: parent, 'a/node_modules/b': bundled }), {})).toEqual([]);
  });

  it('do run from a package that alone says that it is in a bundle', () => {
    const lock = aLock({ pg: aLockedPackage({ hasInstallScript: true, inBundle: true }) });

    expect(findUndecidedScripts(lock, {})).toEqual([expect.objectContaining({ where: 'pg@1.0.0 (node_modules/pg)' })]);
  });

  it.each([
    ['is gone', aLock({})],
    ['brings none any more', aLock({ old: aLockedPackage() })],
  ])('are not decided in advance for a package that %s', (_, lock) => {
    expect(findUndecidedScripts(lock, { old: false })).toEqual([expect.objectContaining({ where: 'old' })]);
  });

  it('are all decided in this project, and none is allowed', async () => {
    const decisions = await readAllowScripts(join(CHECKOUT, 'package.json'));

    expect(findUndecidedScripts(await readPackageLock(LOCK_FILE), decisions)).toEqual([]);
    expect(new Set(Object.values(decisions))).toEqual(new Set([false]));
  });
});
