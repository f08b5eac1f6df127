import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DirEntry, Tree } from '@angular-devkit/schematics';

/** What the generator looks at: the checkout as it lies there, or a tree of schematics. Paths begin at the checkout's root. */
export interface Checkout {
  /** The text of a file; null where there is none. */
  read(path: string): string | null;
  /** All files below a folder, sorted. */
  filesBelow(folder: string): readonly string[];
}

export const checkoutOf = (tree: Tree): Checkout => ({
  read: (path) => tree.read(path)?.toString() ?? null,
  filesBelow: (folder) => filesIn(tree.getDir(folder), folder).sort(),
});

function filesIn(folder: DirEntry, path: string): string[] {
  return [
    ...folder.subfiles.map((name) => `${path}/${name}`),
    ...folder.subdirs.flatMap((name) => filesIn(folder.dir(name), `${path}/${name}`)),
  ];
}

/** @param root the folder of the checkout */
export const checkoutIn = (root: string): Checkout => ({
  read: (path) => (isFile(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null),
  filesBelow: (folder) => {
    if (statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory() !== true) return [];
    return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => isFile(join(root, folder, path)))
      .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
      .sort();
  },
});

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;
