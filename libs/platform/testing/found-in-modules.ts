import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const MODULES = join(import.meta.dirname, '../../modules');

/**
 * What each domain module says in its file of this name, in the order of the modules; one that has no such file says
 * nothing. So a module is part of a test of all modules by lying there, and what it says of itself goes when it goes.
 * @throws Error when a file does not export a list of this name, or when there is none
 */
export async function foundInModules<Said extends object>(file: string, list: keyof Said & string): Promise<Said[]> {
  const paths = globSync(`*/${file}`, { cwd: MODULES }).sort();
  if (paths.length === 0) throw new Error(`No module has a ${file}: they have moved.`);
  return Promise.all(
    paths.map(async (path) => {
      const said = (await import(pathToFileURL(join(MODULES, path)).href)) as Said;
      if (!Array.isArray(said[list])) throw new Error(`${path} must export ${list}, a list.`);
      return said;
    }),
  );
}
