/**
 * Where packages come from: by name, version and hash from the registry that one has, because .npmrc leaves `resolved`
 * out. An entry that says it all the same would replace the version beside it by whatever stands there; lockfile-lint
 * judges its host, but passes another version, and an entry that says nothing.
 */
import type { Finding } from './finding.ts';
import { dependenciesOf, hasHash, isBundled, isExactVersion, type PackageLock, titleOf } from './package-lock.ts';

const REINSTALL = 'Take it from the registry by version, and let `npm install` write the lock file.';

export function findUntrustedSources(lock: PackageLock): readonly Finding[] {
  if (lock.lockfileVersion !== 3) {
    const problem = `is of version ${lock.lockfileVersion}, and only version 3 is understood`;
    return [{ where: 'package-lock.json', problem, wayOut: 'Write it with npm 9 or newer.' }];
  }
  return dependenciesOf(lock).flatMap(([place, locked]) => {
    const problem = faultOf(lock, place);
    return problem === null ? [] : [{ where: titleOf(place, locked), problem, wayOut: REINSTALL }];
  });
}

function faultOf(lock: PackageLock, place: string): string | null {
  const locked = lock.packages[place] ?? {};
  if (locked.link) return 'is a link to a folder, and no hash guards it';
  if (locked.resolved !== undefined) return `comes from ${locked.resolved}, whatever its version says`;
  if (!locked.version) return 'has no version, so the registry would choose one';
  if (!isExactVersion(locked.version)) return `has ${locked.version} for its version`;
  if (hasHash(locked) || isBundled(lock, place)) return null;
  if (locked.inBundle) return 'has no integrity, and no package with one lists it as bundled';
  return locked.integrity ? `has no sha512 but ${locked.integrity}` : 'has no integrity';
}
