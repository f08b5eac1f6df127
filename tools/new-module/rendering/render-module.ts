import { readFile, glob } from 'node:fs/promises';
import { join } from 'node:path';
import { applyTemplates, callRule, HostTree, type SchematicContext, type Tree } from '@angular-devkit/schematics';
import { format, resolveConfig } from 'prettier';
import { lastValueFrom } from 'rxjs';
import { viewOf, type ModulePlan, type View } from '../view.ts';
import { withoutUnusedImports } from './prune-imports.ts';
import { withSortedImportNames } from './sort-import-names.ts';

/** Each of these mirrors the root of the checkout: of every module, of one that refers, and of each that is referred to. */
const FILES = 'files';
const FILES_OF_REFERENCES = 'reference-files/all';
const FILES_OF_EACH_REFERENCE = 'reference-files/each';

const TEMPLATES = join(import.meta.dirname, '..');
const CHECKOUT = join(import.meta.dirname, '../../..');

export interface RenderedFile {
  /** From the root of the checkout. */
  readonly path: string;
  readonly text: string;
}

/** All files of a module, laid out as the checkout's own. */
export async function renderModule(plan: ModulePlan): Promise<readonly RenderedFile[]> {
  const files = await filledTemplates(plan);
  return Promise.all(files.map(async ({ path, text }) => ({ path, text: await laidOut(path, text) })));
}

/** The same before Prettier has been at them. */
export async function filledTemplates(plan: ModulePlan): Promise<readonly RenderedFile[]> {
  const view = viewOf(plan);
  const folders = [
    fill(FILES, view),
    ...(plan.references.length > 0 ? [fill(FILES_OF_REFERENCES, view)] : []),
    ...plan.references.map((reference) =>
      fill(FILES_OF_EACH_REFERENCE, { ...view, reference, refModule: reference.module, refEntity: reference.entity }),
    ),
  ];
  return (await Promise.all(folders)).flat().sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** @throws Error for a template that can't be filled: the schematics leave that as it is, and say nothing */
async function fill(folder: string, view: View | object): Promise<RenderedFile[]> {
  const filled = await lastValueFrom(callRule(applyTemplates(view), await templatesIn(folder), {} as SchematicContext));
  const files: RenderedFile[] = [];
  filled.visit((path, entry) => {
    const text = entry?.content.toString() ?? '';
    if (text.includes('<%')) throw new Error(`The template of ${path} can not be filled.`);
    files.push({
      path: path.slice(1),
      text: path.endsWith('.ts') ? withSortedImportNames(withoutUnusedImports(text)) : text,
    });
  });
  return files;
}

async function templatesIn(folder: string): Promise<Tree> {
  const tree = new HostTree();
  for await (const path of glob('**/*.template', { cwd: join(TEMPLATES, folder) })) {
    tree.create(`/${path}`, await readFile(join(TEMPLATES, folder, path)));
  }
  return tree;
}

/** As the checkout's Prettier would have it. */
async function laidOut(path: string, text: string): Promise<string> {
  if (path.endsWith('.md')) return text;
  const file = join(CHECKOUT, path);
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}
