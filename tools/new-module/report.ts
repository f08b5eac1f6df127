import type { ModuleChanges } from './module-changes.ts';
import type { TreeState } from './working-tree.ts';

/** What is written, in one line; and how the tool has read the plural, which nobody may have said. */
export function summaryOf({ plan, created, changed }: ModuleChanges): string {
  const one = `one of them is called "${plan.names.entityWords}"`;
  if (created.length + changed.length === 0) return `nothing: the module is there as it would be written; ${one}`;
  const lines = changed.length > 0 ? `, and a line in ${changed.map(({ path }) => path).join(', ')}` : '';
  return `${created.length} files${lines}; ${one}`;
}

/** `remove:module` asks Git what others need of a module, and whether it was ever committed. */
const wayBack = (name: string, state: TreeState): string | null =>
  state === 'no git' ? null : `npm run remove:module -- ${name}`;

/** For who has a module, and no documentation of it. */
export function remedyFor(name: string, state: TreeState): string {
  const back = wayBack(name, state);
  const orBack = back === null ? '' : `; or take the module away again: \`${back}\``;
  return `The module is written, and the documentation is not. Mend what is said there and run \`npm run docs\`${orBack}.`;
}

export function nextSteps(
  name: string,
  { skipDocs, state }: { readonly skipDocs: boolean; readonly state: TreeState },
): string {
  const back = wayBack(name, state);
  return `
Next:${skipDocs ? '\n  npm run docs                       the documentation takes it in' : ''}
  npm run check                      types, lint, walls, supply chain and all tests
  npm start                          the store with it; /docs shows its routes
  npm run token -- --sub you --scope '${name}:read ${name}:write'
It decides little so far: docs/guides/adding-a-module.md says which file is for what.
${back === null ? '' : `To take it away again: ${back}\n`}`;
}
