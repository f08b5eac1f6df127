import { SchematicsException, type Rule, type Tree } from '@angular-devkit/schematics';
import { checkoutOf } from './checkout.ts';
import { COMPOSITION_ROOT, composedWith } from './composition-root.ts';
import { planModule, type ModuleRequest } from './plan-module.ts';
import { renderModule, type RenderedFile } from './rendering/render-module.ts';
import { clashesWithTemplates } from './rendering/template-names.ts';
import type { ModulePlan } from './view.ts';

/** What `schema.json` lets in. */
export interface ModuleOptions {
  readonly name: string;
  readonly fields?: string;
  readonly path?: string;
  readonly singular?: string;
}

/** How many of the files that differ are named. */
const NAMED_MAX = 3;

/** The schematic: all files and the line in the composition root, or a refusal that says all that is wrong. */
export const newModule =
  (options: ModuleOptions): Rule =>
  async (tree) => {
    const checkout = checkoutOf(tree);
    const planned = planModule(checkout, requestIn(options), Date.now());
    if ('faults' in planned) throw refusal(planned.faults);
    const { plan } = planned;
    const clashes = await clashesWithTemplates(plan);
    if (clashes.length > 0) throw refusal(clashes);
    const files = await renderModule(plan);
    const composed = composedWith(checkout.read(COMPOSITION_ROOT) ?? '', moduleOf(plan));
    if ('fault' in composed) throw refusal([composed.fault]);
    write(tree, files, plan);
    if (composed.text !== checkout.read(COMPOSITION_ROOT)) tree.overwrite(COMPOSITION_ROOT, composed.text);
  };

const refusal = (faults: readonly string[]): SchematicsException => new SchematicsException(faults.join('\n'));

const moduleOf = ({ names }: ModulePlan) => ({ module: names.module, Module: `${names.Entities}Module` });

export function requestIn({ name, fields, path, singular }: ModuleOptions): ModuleRequest {
  const texts = (fields ?? path ?? '').split(/[\s,]+/).filter(Boolean);
  return { name, fields: texts, singular: singular ?? null };
}

/** A module that is there stays as it is: what is written is what there is already, or nothing. */
function write(tree: Tree, files: readonly RenderedFile[], { names }: ModulePlan): void {
  const isNew = checkoutOf(tree).filesBelow(`libs/modules/${names.module}`).length === 0;
  const differing = files.filter(({ path, text }) => tree.read(path)?.toString() !== text);
  if (!isNew && differing.length > 0) {
    const named = differing.slice(0, NAMED_MAX).map(({ path }) => path);
    throw refusal([
      `There is a module ${names.module} already, and it is not what would be written: ${named.join(', ')}${differing.length > NAMED_MAX ? ' and others' : ''}.`,
    ]);
  }
  const taken = isNew ? files.filter(({ path }) => tree.exists(path)) : [];
  if (taken.length > 0)
    throw refusal(taken.map(({ path }) => `${path} is there already, and belongs to no module ${names.module}.`));
  for (const { path, text } of differing) tree.create(path, text);
}
