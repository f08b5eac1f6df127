import { carryOut } from '../file-changes/carry-out.ts';
import { checkoutIn } from './checkout.ts';
import { changesFor, type ModuleChanges } from './module-changes.ts';
import type { ModuleRequest } from './plan-module.ts';
import { refuseChanges, type TreeState } from './working-tree.ts';

export interface Generation extends ModuleChanges {
  readonly state: TreeState;
  /**
   * Writes all of it, or nothing.
   * @throws Refusal that names the file that could not be written
   */
  readonly write: () => Promise<void>;
}

/**
 * Plans a module before it looks at the working tree: asked for again in the same words, nothing is written, and what the
 * first run has written is then no reason to refuse.
 * @throws Refusal with everything that is wrong with the request; or for changes that are not committed, unless forced
 */
export async function planGeneration(
  checkout: string,
  request: ModuleRequest,
  { nowMs, force }: { readonly nowMs: number; readonly force: boolean },
): Promise<Generation> {
  const changes = await changesFor(checkoutIn(checkout), request, nowMs);
  const files = [...changes.created, ...changes.changed];
  const state = await refuseChanges(checkout, { force: force || files.length === 0 });
  const write = () =>
    carryOut(
      checkout,
      files.map((file) => ({ do: 'write', ...file })),
    );
  return { ...changes, state, write };
}
