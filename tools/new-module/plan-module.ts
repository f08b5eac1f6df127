import type { Checkout } from './checkout.ts';
import { bodyFaults } from './fields/body-size.ts';
import { parseFields } from './fields/parse-fields.ts';
import { migrationNameOf } from './migration-name.ts';
import { parseName } from './names/parse-name.ts';
import type { Names } from './names/names.ts';
import { findReferences } from './references/references.ts';
import { neededModules } from './references/needed-modules.ts';
import { databaseNames, viewOf, type ModulePlan } from './view.ts';

export interface ModuleRequest {
  readonly name: string;
  readonly fields: readonly string[];
  readonly singular: string | null;
}

/** PostgreSQL cuts names off after as many bytes. */
const DATABASE_NAME_BYTES_MAX = 63;

export type Planned = { readonly plan: ModulePlan } | { readonly faults: readonly string[] };

/** What is to be written; or everything that is wrong with it, each with its way out. */
export function planModule(checkout: Checkout, { name, fields, singular }: ModuleRequest, nowMs: number): Planned {
  const parsed = parseName(name, singular);
  // Faults of the fields are told as well, by a name that does for that.
  const names = 'names' in parsed ? parsed.names : undefined;
  const standIn = names ?? sampleNames();
  const { requests, faults: fieldFaults } = parseFields(fields, standIn);
  const { references, referrals, faults: referenceFaults } = findReferences(checkout, requests, standIn);
  const nameFaults = 'faults' in parsed ? parsed.faults : takenBy(checkout, parsed.names);
  const asked = requests.map(({ field }) => field);
  const faults = [...nameFaults, ...fieldFaults, ...bodyFaults(asked), ...referenceFaults];
  if (!names || faults.length > 0) return { faults };
  const plan: ModulePlan = {
    names,
    fields: asked,
    references,
    referrals,
    migration: migrationNameOf(checkout, names.module, nowMs),
    needed: neededModules(
      checkout,
      references.map(({ module }) => module),
    ),
  };
  const long = databaseNames(viewOf(plan)).filter((each) => Buffer.byteLength(each) > DATABASE_NAME_BYTES_MAX);
  if (long.length === 0) return { plan };
  return {
    faults: long.map(
      (each) => `${each} would be too long a name for PostgreSQL: choose shorter names for module and field.`,
    ),
  };
}

function sampleNames(): Names {
  const sample = parseName('samples', null);
  if ('faults' in sample) throw new Error(sample.faults.join(' '));
  return sample.names;
}

/** Where the migrations of modules that are gone lie, and those that a later release takes. */
const RETIRED = /^apps\/[^/]+\/src\/retired-migrations\//;

const schemasMadeBy = (text: string): string[] =>
  [...text.matchAll(/CREATE SCHEMA (?:IF NOT EXISTS )?([a-z0-9_]+)/g)].map(([, schema]) => schema ?? '');
const schemasDroppedBy = (text: string): string[] =>
  [...text.matchAll(/DROP SCHEMA (?:IF EXISTS )?([a-z0-9_]+)/g)].map(([, schema]) => schema ?? '');
const routesOf = (text: string): string[] =>
  [...text.matchAll(/@Controller\(\{ path: '([a-z0-9-]+)/g)].map(([, route]) => route ?? '');

/** What others have taken already, of what this one would take. */
function takenBy(checkout: Checkout, { module, entity, schema }: Names): string[] {
  const isOwn = (file: string): boolean => file.startsWith(`libs/modules/${module}/`);
  const foreign = ['libs', 'apps']
    .flatMap((folder) => checkout.filesBelow(folder))
    .filter((file) => !isOwn(file) && !/\.spec\.ts$|\/testing\//.test(file));
  const textOf = (file: string): string => checkout.read(file) ?? '';
  const makesIt = (file: string): boolean => isMigration(file) && schemasMadeBy(textOf(file)).includes(schema);
  const withSchema = isDropped(checkout, schema) ? undefined : foreign.find(makesIt);
  const withRoute = foreign.find((file) => file.endsWith('.controller.ts') && routesOf(textOf(file)).includes(module));
  const namesake = foreign.find((file) => file.startsWith('libs/modules/') && file.endsWith(`/${entity}.response.ts`));
  const isNew = checkout.filesBelow(`libs/modules/${module}`).length === 0;
  const tests = isNew ? checkout.filesBelow(`test/system/${module}`)[0] : undefined;
  return [
    ...(withSchema ? [`The schema ${schema} is taken, by ${withSchema}; choose another name.`] : []),
    ...(withRoute ? [`The route /v1/${module} is taken, by ${withRoute}; choose another name.`] : []),
    ...(namesake ? [`There is a ${entity} already, in ${namesake}; choose another name, or --singular.`] : []),
    ...(tests ? [`test/system/${module} holds other tests, for example ${tests}; choose another name.`] : []),
  ];
}

const isMigration = (file: string): boolean => file.includes('/migrations/') || RETIRED.test(file);

/** Whether a migration of a module that is gone, and not one that waits, has dropped what another one had created. */
const isDropped = (checkout: Checkout, schema: string): boolean =>
  checkout
    .filesBelow('apps')
    .filter((file) => RETIRED.test(file) && !file.includes('/waiting/'))
    .map((file) => checkout.read(file) ?? '')
    .some((text) => schemasMadeBy(text).length === 0 && schemasDroppedBy(text).includes(schema));
