/**
 * Where packages come from. lockfile-lint judges what an entry says (https, the registry, sha512), but passes an entry
 * that says nothing; and ours say no `resolved`, because .npmrc leaves it out. So here an entry has to say its version
 * and its hash.
 */
import type { Finding } from './finding.ts';
import { dependenciesOf, type LockedPackage, type PackageLock, titleOf } from './package-lock.ts';

const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const REGISTRY = 'https://registry.npmjs.org/';
const REINSTALL = 'Take it from the registry by version, and let `npm install` write the lock file.';

export function findUntrustedSources(lock: PackageLock): readonly Finding[] {
  if (lock.lockfileVersion !== 3) {
    const problem = `is of version ${lock.lockfileVersion}, and only version 3 is understood`;
    return [{ where: 'package-lock.json', problem, wayOut: 'Write it with npm 9 or newer.' }];
  }
  return dependenciesOf(lock).flatMap(([place, locked]) => {
    const problem = faultOf(locked);
    return problem === null ? [] : [{ where: titleOf(place, locked), problem, wayOut: REINSTALL }];
  });
}

function faultOf(locked: LockedPackage): string | null {
  if (locked.link) return 'is a link to a folder, and no hash guards it';
  if (locked.resolved !== undefined && !locked.resolved.startsWith(REGISTRY)) {
    return `comes from ${locked.resolved}, not from the registry`;
  }
  if (!locked.version) return 'has no version, so the registry would choose one';
  // A bundled package is inside its parent's archive, whose hash covers it, and is never fetched.
  if (locked.inBundle || SHA512.test(locked.integrity ?? '')) return null;
  return locked.integrity ? `has no sha512 but ${locked.integrity}` : 'has no integrity';
}
