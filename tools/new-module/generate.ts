import { join } from 'node:path';
import { UnsuccessfulWorkflowExecution } from '@angular-devkit/schematics';
import { NodeWorkflow } from '@angular-devkit/schematics/tools/index.js';
import { lastValueFrom } from 'rxjs';
import { Refusal } from '../process/refusal.ts';
import type { ModuleRequest } from './plan-module.ts';

const COLLECTION = join(import.meta.dirname, 'collection.json');

/** What was written, or would be: paths from the checkout's root. */
export interface Generated {
  readonly created: readonly string[];
  readonly changed: readonly string[];
}

/**
 * Runs the schematic over the checkout. It writes all or nothing.
 * @throws Refusal with everything that is wrong with the request
 */
export async function generate(
  checkout: string,
  { name, fields, singular }: ModuleRequest,
  { dryRun }: { dryRun: boolean },
): Promise<Generated> {
  const workflow = new NodeWorkflow(checkout, { dryRun });
  const created: string[] = [];
  const changed: string[] = [];
  const faults: string[] = [];
  workflow.reporter.subscribe((event) => {
    if (event.kind === 'error')
      faults.push(`${event.path} ${event.description === 'alreadyExist' ? 'is there already' : 'is missing'}.`);
    if (event.kind === 'create') created.push(event.path.replace(/^\//, ''));
    if (event.kind === 'update') changed.push(event.path.replace(/^\//, ''));
  });
  const options = { name, fields: fields.join(' '), ...(singular !== null && { singular }) };
  try {
    await lastValueFrom(workflow.execute({ collection: COLLECTION, schematic: 'module', options }), {
      defaultValue: undefined,
    });
  } catch (error) {
    if (faults.length > 0 && error instanceof UnsuccessfulWorkflowExecution)
      throw new Refusal(faults.join('\n'), { cause: error });
    // By its name: the schematics throw the same class from two copies of their module.
    if (error instanceof Error && error.constructor.name === 'SchematicsException')
      throw new Refusal(error.message, { cause: error });
    throw error;
  }
  return { created: created.sort(), changed };
}
