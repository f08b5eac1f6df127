import { Refusal } from '../process/refusal.ts';
import type { Checkout } from './checkout.ts';
import { COMPOSITION_ROOT, composedWith } from './composition-root.ts';
import { planModule, type ModuleRequest } from './plan-module.ts';
import { clashesOfFields } from './rendering/field-clashes.ts';
import { renderModule, type RenderedFile } from './rendering/render-module.ts';
import { clashesWithTemplates } from './rendering/template-names.ts';
import type { ModulePlan } from './view.ts';

/** What is to be written so that the checkout has the module; nothing, when it has it as it would be written. */
export interface ModuleChanges {
  readonly plan: ModulePlan;
  readonly created: readonly RenderedFile[];
  readonly changed: readonly RenderedFile[];
}

/** How many of the files that differ are named. */
const NAMED_MAX = 3;

/**
 * All files and the line in the composition root; nothing is written here.
 * @throws Refusal with everything that is wrong with the request
 */
export async function changesFor(checkout: Checkout, request: ModuleRequest, nowMs: number): Promise<ModuleChanges> {
  const planned = planModule(checkout, request, nowMs);
  if ('faults' in planned) throw refusal(planned.faults);
  const { plan } = planned;
  const clashes = await clashesWithTemplates(plan);
  if (clashes.length > 0) throw refusal(clashes);
  const files = await renderModule(plan);
  const twice = clashesOfFields(files, plan.fields);
  if (twice.length > 0) throw refusal(twice);
  const root = checkout.read(COMPOSITION_ROOT) ?? '';
  const composed = composedWith(root, { module: plan.names.module, Module: `${plan.names.Entities}Module` });
  if ('fault' in composed) throw refusal([composed.fault]);
  return {
    plan,
    created: newAmong(files, checkout, plan),
    changed: composed.text === root ? [] : [{ path: COMPOSITION_ROOT, text: composed.text }],
  };
}

const refusal = (faults: readonly string[]): Refusal => new Refusal(faults.join('\n'));

/** A module that is there stays as it is: what is written is what there is already, or nothing. */
function newAmong(files: readonly RenderedFile[], checkout: Checkout, { names }: ModulePlan): readonly RenderedFile[] {
  const isNew = checkout.filesBelow(`libs/modules/${names.module}`).length === 0;
  const differing = files.filter(({ path, text }) => checkout.read(path) !== text);
  if (!isNew && differing.length > 0) {
    const named = differing.slice(0, NAMED_MAX).map(({ path }) => path);
    throw refusal([
      `There is a module ${names.module} already, and it is not what would be written: ${named.join(', ')}${differing.length > NAMED_MAX ? ' and others' : ''}.`,
    ]);
  }
  const taken = isNew ? files.filter(({ path }) => checkout.read(path) !== null) : [];
  if (taken.length > 0)
    throw refusal(taken.map(({ path }) => `${path} is there already, and belongs to no module ${names.module}.`));
  return differing;
}
