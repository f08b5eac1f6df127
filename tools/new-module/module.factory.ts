import { SchematicsException, type Rule } from '@angular-devkit/schematics';
import { Refusal } from '../process/refusal.ts';
import { checkoutOf } from './checkout.ts';
import { changesFor } from './module-changes.ts';
import type { ModuleRequest } from './plan-module.ts';

/** What `schema.json` lets in. */
export interface ModuleOptions {
  readonly name: string;
  readonly fields?: string;
  readonly path?: string;
  readonly singular?: string;
}

/** The schematic: all files and the line in the composition root, or a refusal that says all that is wrong. */
export const newModule =
  (options: ModuleOptions): Rule =>
  async (tree) => {
    const { created, changed } = await changesFor(checkoutOf(tree), requestIn(options), Date.now()).catch(refused);
    for (const { path, text } of created) tree.create(path, text);
    for (const { path, text } of changed) tree.overwrite(path, text);
  };

/** The schematics print what is one of theirs without a stack. */
function refused(error: unknown): never {
  throw error instanceof Refusal ? new SchematicsException(error.message) : error;
}

/** Other than on the command line, the fields are one text here. */
export function requestIn({ name, fields, path, singular }: ModuleOptions): ModuleRequest {
  const texts = (fields ?? path ?? '').split(/[\s,]+/).filter(Boolean);
  return { name, fields: texts, singular: singular ?? null };
}
