import { readRootFile } from '../../../architecture/container-files.js';

interface Locked {
  readonly dev?: boolean;
  readonly optional?: boolean;
  /** Of development, and an optional wish of production's. */
  readonly devOptional?: boolean;
}

/** The packages of the lock file, by their folder: those that production needs, and all others. */
export function lockedPackages(): { readonly production: readonly string[]; readonly others: readonly string[] } {
  const { packages } = JSON.parse(readRootFile('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };
  const all = Object.entries(packages).filter(([folder]) => folder !== '');
  const isProduction = ({ dev, optional, devOptional }: Locked): boolean => !dev && !optional && !devOptional;
  return {
    production: all.filter(([, locked]) => isProduction(locked)).map(([folder]) => folder),
    others: all.filter(([, locked]) => !isProduction(locked)).map(([folder]) => folder),
  };
}
