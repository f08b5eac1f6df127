import { readFile } from 'node:fs/promises';

/** One entry of `packages` in package-lock.json, version 3: what the checks read of it. */
export interface LockedPackage {
  /** The name in the registry, there only where the place has another one: an alias. */
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly deprecated?: string;
  readonly link?: boolean;
  /** Says that it comes in the archive of its parent; `isBundled` tells whether the parent says so too. */
  readonly inBundle?: boolean;
  /** What it brings in its own archive, by name. */
  readonly bundleDependencies?: readonly string[];
  readonly hasInstallScript?: boolean;
  /** True when nothing but development reaches it; `devOptional` counts as production here, on the strict side. */
  readonly dev?: boolean;
}

export interface PackageLock {
  readonly lockfileVersion: number;
  /** By its place, such as `node_modules/a/node_modules/b`; the project itself is ''. */
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export async function readPackageLock(path: string): Promise<PackageLock> {
  return JSON.parse(await readFile(path, 'utf8')) as PackageLock;
}

/** All but the project itself. */
export const dependenciesOf = (lock: PackageLock): readonly (readonly [place: string, locked: LockedPackage])[] =>
  Object.entries(lock.packages).filter(([place]) => place !== '');

const EXACT_VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

/** One version, and no range, tag, address or other name: npm reads all of them where a version stands. */
export const isExactVersion = (version: string): boolean => EXACT_VERSION.test(version);

const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

export const hasHash = ({ integrity }: LockedPackage): boolean => SHA512.test(integrity ?? '');

/**
 * Whether a package comes in the archive of the one that it stands in, which then has to list it, be fetched itself, and
 * have a hash, because that hash is the only one. What an entry says of itself (`inBundle`) npm does not believe either:
 * it fetches such a package, and runs its scripts.
 */
export function isBundled(lock: PackageLock, place: string): boolean {
  const parent = lock.packages[place.slice(0, Math.max(place.lastIndexOf('/node_modules/'), 0))];
  if (!lock.packages[place]?.inBundle || !parent || parent.inBundle || !hasHash(parent)) return false;
  return (parent.bundleDependencies ?? []).includes(importedNameAt(place));
}

/** The name that code imports it by. */
export const importedNameAt = (place: string): string =>
  place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The name in the registry: whose code it is. */
export const registryNameOf = (place: string, { name }: LockedPackage): string => name ?? importedNameAt(place);

/** `name@version`, as the registry has it. */
export const identityOf = (place: string, locked: LockedPackage): string =>
  `${registryNameOf(place, locked)}@${locked.version ?? '?'}`;

export const titleOf = (place: string, locked: LockedPackage): string => `${identityOf(place, locked)} (${place})`;
