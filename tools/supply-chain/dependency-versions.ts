/**
 * What package.json asks for. Exact versions of the registry: a range takes what is published tomorrow, and a source of
 * its own (Git, a URL, a folder, another name) is one that the lock file's hash would be taken from.
 */
import { readFile } from 'node:fs/promises';
import type { Finding } from './finding.ts';
import { isExactVersion } from './package-lock.ts';

type Versions = Readonly<Record<string, string>>;

/** By package, for all packages or below the one that it stands under. */
interface Overrides {
  readonly [name: string]: string | Overrides;
}

export interface Manifest {
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly optionalDependencies?: Versions;
  readonly peerDependencies?: Versions;
  readonly overrides?: Overrides;
}

export async function readManifest(path: string): Promise<Manifest> {
  return JSON.parse(await readFile(path, 'utf8')) as Manifest;
}

export function findInexactVersions(manifest: Manifest): readonly Finding[] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies, overrides } = manifest;
  const asked = { dependencies, devDependencies, optionalDependencies, peerDependencies, overrides };
  return Object.entries(asked)
    .flatMap(([group, versions]) => versionsIn(group, versions ?? {}))
    .filter(([, version]) => !isExactVersion(version))
    .map(([where, version]) => ({
      where: `package.json ${where}`,
      problem: `asks for ${version}, which is no exact version of the registry`,
      wayOut: 'Take it with `npm install --save-exact`, by its own name.',
    }));
}

/** `overrides` nest; the others don't. */
function versionsIn(path: string, versions: Overrides): readonly (readonly [where: string, version: string])[] {
  return Object.entries(versions).flatMap(([name, version]) =>
    typeof version === 'string' ? [[`${path} ${name}`, version] as const] : versionsIn(`${path} ${name}`, version),
  );
}
