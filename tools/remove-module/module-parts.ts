import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Refusal } from '../process/refusal.ts';

/** A domain module as it lies in the checkout; paths are relative to that, with `/`. */
export interface ModuleParts {
  readonly name: string;
  /** Folders and files that are the module's alone, and are there. */
  readonly paths: readonly string[];
  readonly migrations: readonly string[];
  /** The alerts that its rules declare. */
  readonly alerts: readonly string[];
}

/** Where the composition of the store names each module. */
export const COMPOSITION = 'apps/store/src/store.module.ts';

const pathsOf = (name: string): string[] => [
  `libs/modules/${name}`,
  `test/system/${name}`,
  `tools/dashboards/rows/${name}.ts`,
  `deploy/observability/prometheus/rules/alerts.${name}.rules.yml`,
  `deploy/observability/prometheus/tests/${name}.test.yml`,
];

export const modulesIn = (checkout: string): string[] =>
  globSync('libs/modules/*/index.ts', { cwd: checkout })
    .map((file) => file.replaceAll('\\', '/').split('/')[2] ?? '')
    .sort();

/** @throws Refusal when no module has this name */
export function moduleIn(checkout: string, name: string): ModuleParts {
  const known = modulesIn(checkout);
  if (!known.includes(name)) throw new Refusal(`There is no module ${name}; there are ${known.join(', ')}.`);
  const found = (pattern: string): string[] =>
    globSync(pattern, { cwd: checkout })
      .map((file) => file.replaceAll('\\', '/'))
      .sort();
  const alerts = alertsIn(checkout, `deploy/observability/prometheus/rules/alerts.${name}.rules.yml`);
  const runbooks = alerts.map((alert) => `docs/runbooks/alerts/${alert}.md`);
  return {
    name,
    paths: [...pathsOf(name), ...runbooks].filter((path) => existsSync(join(checkout, path))),
    migrations: found(`libs/modules/${name}/adapters/postgres/migrations/*.ts`).filter(
      (file) => /\/\d{13}-[^/]+\.ts$/.test(file) && !file.endsWith('.spec.ts'),
    ),
    alerts,
  };
}

function alertsIn(checkout: string, rules: string): string[] {
  if (!existsSync(join(checkout, rules))) return [];
  const { groups } = parse(readFileSync(join(checkout, rules), 'utf8')) as {
    groups: readonly { readonly rules: readonly { readonly alert?: string }[] }[];
  };
  return [...new Set(groups.flatMap((group) => group.rules.flatMap(({ alert }) => alert ?? [])))];
}

/** Whether a file is one of these, or lies in one of these. */
export const isAmong = (file: string, paths: readonly string[]): boolean =>
  paths.some((path) => file === path || file.startsWith(`${path}/`));
