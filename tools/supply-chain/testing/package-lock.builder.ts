import type { LockedPackage, PackageLock } from '../package-lock.ts';

/** The form of a sha512 in base64: 86 characters and the padding. */
export const SHA512 = `sha512-${'A'.repeat(86)}==`;

export const aLockedPackage = (locked: LockedPackage = {}): LockedPackage => ({
  version: '1.0.0',
  integrity: SHA512,
  license: 'MIT',
  ...locked,
});

/** A lock file with the given packages, by their places below node_modules, and the project itself. */
export const aLock = (packages: Record<string, LockedPackage>): PackageLock => ({
  lockfileVersion: 3,
  packages: {
    '': { name: 'mainstay', version: '0.1.0', license: 'MIT', hasInstallScript: true },
    ...Object.fromEntries(Object.entries(packages).map(([place, locked]) => [`node_modules/${place}`, locked])),
  },
});
