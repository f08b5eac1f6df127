/**
 * Packages that are imported by another name than their own. With an alias, one line of the lock file replaces a trusted
 * package by anybody's, with an honest hash and from the right registry.
 */
import type { Finding } from './finding.ts';
import { dependenciesOf, importedNameAt, type PackageLock, titleOf } from './package-lock.ts';

/** The aliases that packages of ours ask for themselves: an older line of a package beside the present one. */
export const KNOWN_ALIASES: Readonly<Record<string, string>> = {
  '@jest/react-is-18': 'react-is', // pretty-format
  '@jest/react-is-19': 'react-is', // pretty-format
  'string-width-cjs': 'string-width', // @isaacs/cliui: the last CommonJS version
  'strip-ansi-cjs': 'strip-ansi', // @isaacs/cliui
  'wrap-ansi-cjs': 'wrap-ansi', // @isaacs/cliui
};

const TABLE = 'KNOWN_ALIASES in tools/supply-chain/aliases.ts';

/** Aliases that nobody has agreed to, and agreements that nothing needs any more. */
export function findAliases(lock: PackageLock, known = KNOWN_ALIASES): readonly Finding[] {
  const aliases = dependenciesOf(lock).filter(
    ([place, { name }]) => name !== undefined && name !== importedNameAt(place),
  );
  const used = new Set(aliases.map(([place]) => importedNameAt(place)));
  return [
    ...aliases
      .filter(([place, { name }]) => known[importedNameAt(place)] !== name)
      .map(([place, locked]) => ({
        where: titleOf(place, locked),
        problem: `is imported as ${importedNameAt(place)}, but is ${locked.name}`,
        wayOut: `Use it by its own name; if a dependency asks for the alias, add it to ${TABLE}.`,
      })),
    ...Object.keys(known)
      .filter((alias) => !used.has(alias))
      .map((alias) => ({
        where: alias,
        problem: 'is a known alias, but nobody uses it',
        wayOut: `Take it out of ${TABLE}.`,
      })),
  ];
}
