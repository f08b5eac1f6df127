import { readFileSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { HostTree, type Tree } from '@angular-devkit/schematics';
import { checkoutOf, type Checkout } from '../checkout.ts';
import { COMPOSITION_ROOT } from '../composition-root.ts';
import type { Field } from '../fields/field.ts';
import { parseFields } from '../fields/parse-fields.ts';
import { planModule } from '../plan-module.ts';
import type { ModulePlan } from '../view.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Those that the tests are about: whoever has generated one more runs them with it. */
const MODULES = '{catalog,orders,recommendations}';
/** What the generator looks at, and no more. */
const LOOKED_AT = [`libs/modules/${MODULES}/**/*.ts`, 'libs/platform/**/migrations/*.ts'];
const files = new Map(
  globSync(LOOKED_AT, { cwd: ROOT })
    .filter((path) => !path.endsWith('.spec.ts'))
    .map((path) => [path, readFileSync(join(ROOT, path))]),
);

const isOfAnother = (line: string): boolean => {
  const [, module] = /from '#modules\/([a-z-]+)'/.exec(line) ?? [];
  const [, composed] = /^ {8}(\w+)Module,$/.exec(line) ?? [];
  const known = ['catalog', 'orders', 'recommendations', 'messaging', 'idempotency', 'seeding'];
  return [module, composed?.toLowerCase()].some((name) => name !== undefined && !known.includes(name));
};

/** The composition root without the lines of other modules. */
const compositionRoot = readFileSync(join(ROOT, COMPOSITION_ROOT), 'utf8')
  .split('\n')
  .filter((line) => !isOfAnother(line))
  .join('\n');

/** This checkout, in memory; what is written to it is written nowhere else. */
export function aTree(): Tree {
  const tree = new HostTree();
  for (const [path, content] of files) tree.create(path, content);
  tree.create(COMPOSITION_ROOT, compositionRoot);
  return tree;
}

export const aCheckout = (): Checkout => checkoutOf(aTree());

/** A field for each kind, and another one of those that samples tell apart by their place. */
export const EVERY_KIND = [
  'title:string',
  'body:text',
  'rating:integer(1..5)',
  'refund:money',
  'verified:boolean',
  'visitedAt:timestamp',
  'recommendation:enum(yes|no|perhaps)',
  'product:ref(catalog)',
];

/** After all migrations of the checkout. */
export const NOW_MS = Date.UTC(2100, 0, 1);

/** @throws Error with what is wrong with it */
export function aPlan(name: string, fields: readonly string[] = [], singular: string | null = null): ModulePlan {
  const planned = planModule(aCheckout(), { name, fields, singular }, NOW_MS);
  if ('faults' in planned) throw new Error(planned.faults.join('\n'));
  return planned.plan;
}

export function fieldsOf(...texts: readonly string[]): readonly Field[] {
  const { requests, faults } = parseFields(texts, aPlan('reviews').names);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return requests.map(({ field }) => field);
}

export const faultsOf = (name: string, fields: readonly string[] = [], singular: string | null = null): string => {
  const planned = planModule(aCheckout(), { name, fields, singular }, NOW_MS);
  return 'faults' in planned ? planned.faults.join('\n') : '';
};
