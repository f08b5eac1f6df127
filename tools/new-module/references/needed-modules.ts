import type { Checkout } from '../checkout.ts';

const isProduction = (file: string): boolean =>
  file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('/testing/');

/** What a service needs that is made of some modules alone. */
export interface NeededModules {
  /** Those and what they import, each after what it needs: seeds run in the order of the modules. */
  readonly imported: readonly string[];
  /** What they use without importing it: whoever composes an app gives it to all, as a global module. */
  readonly global: readonly string[];
}

export function neededModules(checkout: Checkout, modules: readonly string[]): NeededModules {
  const imported = new Set<string>();
  const used = new Set<string>();
  const visit = (module: string): void => {
    if (imported.has(module)) return;
    const files = checkout.filesBelow(`libs/modules/${module}`).filter(isProduction);
    files
      .filter((file) => file.endsWith('.module.ts'))
      .flatMap((file) => importedBy(checkout, file))
      .forEach(visit);
    files.flatMap((file) => importedBy(checkout, file)).forEach((each) => used.add(each));
    imported.add(module);
  };
  modules.forEach(visit);
  return { imported: [...imported], global: [...used].filter((module) => !imported.has(module)).sort() };
}

const importedBy = (checkout: Checkout, file: string): string[] =>
  [...(checkout.read(file) ?? '').matchAll(/from '#modules\/([a-z0-9-]+)'/g)].map(([, module]) => module ?? '');
