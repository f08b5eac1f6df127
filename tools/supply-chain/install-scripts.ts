/**
 * Who may run a program while it is installed. npm reads `allowScripts` of package.json: from 11.16 on a `false` keeps
 * the script from running, but one without a decision still runs; from 12 on it does not. So each has to be decided here.
 * `npm install-scripts` looks only at what is installed, and would take out the decisions for other platforms.
 */
import { readFile } from 'node:fs/promises';
import type { Finding } from './finding.ts';
import { dependenciesOf, isBundled, type PackageLock, registryNameOf, titleOf } from './package-lock.ts';

/** By the name in the registry. Without a version: a lock file without `resolved` gives npm none that it trusts. */
export type AllowScripts = Readonly<Record<string, boolean>>;

export async function readAllowScripts(manifestPath: string): Promise<AllowScripts> {
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as { readonly allowScripts?: AllowScripts };
  return manifest.allowScripts ?? {};
}

/** Install scripts without a decision, and decisions that nothing needs any more. */
export function findUndecidedScripts(lock: PackageLock, decisions: AllowScripts): readonly Finding[] {
  // npm never runs the scripts of a bundled package.
  const scripted = dependenciesOf(lock).filter(([place, locked]) => locked.hasInstallScript && !isBundled(lock, place));
  const names = new Set(scripted.map(([place, locked]) => registryNameOf(place, locked)));
  return [
    ...scripted
      .filter(([place, locked]) => !Object.hasOwn(decisions, registryNameOf(place, locked)))
      .map(([place, locked]) => ({
        where: titleOf(place, locked),
        problem: 'brings an install script that nobody has decided on',
        wayOut:
          'Read the script, then add the name to `allowScripts` in package.json: false, unless we cannot do without.',
      })),
    ...Object.keys(decisions)
      .filter((name) => !names.has(name))
      .map((name) => ({
        where: name,
        problem: 'is in `allowScripts`, but no package of this name brings an install script',
        wayOut: 'Take it out of package.json: it would decide for whoever takes that name next.',
      })),
  ];
}
