import type { Finding } from './finding.ts';
import { dependenciesOf, identityOf, type PackageLock, titleOf } from './package-lock.ts';

/**
 * Deprecated packages that we keep, by `name@version`, each with the reason and what would end it. The lock file has what
 * the registry said when an entry was written: what is deprecated later stands here too, as soon as we learn of it.
 */
export const KEPT_THOUGH_DEPRECATED: Readonly<Record<string, string>> = {
  'glob@7.2.3':
    '@rollup/plugin-commonjs 22 of spectral-cli, to lint the OpenAPI document; ends with a spectral-cli on a newer Rollup',
  'glob@10.5.0':
    'test-exclude 7 of Jest 30, and node-gyp 11 of libxmljs2, which is never built; ends with their next major versions',
  'inflight@1.0.6':
    'glob 7 of spectral-cli, in a process that ends at once, so that its leak does not matter; ends with it',
  'sourcemap-codec@1.4.8':
    'magic-string 0.25 of the Rollup of spectral-cli; ends with a spectral-cli on a newer Rollup',
};

const EXCEPTIONS = 'KEPT_THOUGH_DEPRECATED in tools/supply-chain/deprecations.ts';

/** Deprecated packages without a written reason, and reasons for what is not there any more. */
export function findDeprecated(lock: PackageLock, kept = KEPT_THOUGH_DEPRECATED): readonly Finding[] {
  const packages = dependenciesOf(lock);
  const present = new Set(packages.map(([place, locked]) => identityOf(place, locked)));
  return [
    ...packages
      .filter(([place, locked]) => locked.deprecated !== undefined && !Object.hasOwn(kept, identityOf(place, locked)))
      .map(([place, locked]) => ({
        where: titleOf(place, locked),
        problem: `is deprecated: ${locked.deprecated}`,
        wayOut: `Replace it (\`npm explain\` tells who asks for it), or give the reason in ${EXCEPTIONS}.`,
      })),
    ...Object.keys(kept)
      .filter((identity) => !present.has(identity))
      .map((identity) => ({
        where: identity,
        problem: 'has an exception, but is not installed any more',
        wayOut: `Take it out of ${EXCEPTIONS}.`,
      })),
  ];
}
