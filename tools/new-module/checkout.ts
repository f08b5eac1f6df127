import type { DirEntry, Tree } from '@angular-devkit/schematics';

/** What the generator looks at: the checkout as it is, or a tree in memory. Paths begin at the checkout's root. */
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
