import type { Checkout } from '../checkout.ts';
import type { Field } from '../fields/field.ts';
import type { FieldRequest } from '../fields/parse-fields.ts';
import { camel, kebabOf, pascal, type Names } from '../names/names.ts';
import { pluralOf } from '../names/singular.ts';
import { frontDoorOf, type FrontDoor } from './front-door.ts';

/** What another module has, to which fields refer. */
export interface Reference extends FrontDoor {
  readonly module: string;
  readonly Module: string;
  readonly Entity: string;
  readonly entityCamel: string;
  readonly entityWords: string;
  readonly entitiesWords: string;
  /** The name under which it is injected: `products`. */
  readonly asked: string;
  /** `CatalogProductDirectory`, and the file of it without its ending. */
  readonly adapter: string;
  readonly adapterFile: string;
  /** The fields that refer to it. */
  readonly fields: readonly string[];
}

/** One field that refers. */
export interface Referral {
  readonly field: Field;
  readonly reference: Reference;
  /** `ProductUnknown`, and its code after the module. */
  readonly error: string;
  readonly code: string;
}

export interface FoundReferences {
  readonly references: readonly Reference[];
  readonly referrals: readonly Referral[];
  readonly faults: readonly string[];
}

/** Looks at the front doors of the modules that fields refer to. */
export function findReferences(checkout: Checkout, requests: readonly FieldRequest[], names: Names): FoundReferences {
  const referring = requests.filter(({ field }) => field.kind === 'ref');
  const faults: string[] = [];
  const references = [...new Set(referring.map(({ parameter }) => parameter ?? ''))].flatMap((module) => {
    const fields = referring.filter(({ parameter }) => parameter === module);
    const door = frontDoorOf(checkout, module, kebabOf(fields[0]?.given ?? ''));
    if (typeof door !== 'string') return [referenceTo(module, door, fields)];
    faults.push(`${fields.map(({ given }) => given).join(', ')}: ${door} ${whoCanBe(checkout)}`);
    return [];
  });
  faults.push(...namesakes(references, names));
  const referrals = referring.flatMap(({ field, given, parameter }) => {
    const reference = references.find(({ module }) => module === parameter);
    const name = kebabOf(given);
    return reference ? [{ field, reference, error: `${pascal(name)}Unknown`, code: `${name}-unknown` }] : [];
  });
  return { references, referrals, faults };
}

/** The modules that do for a reference. */
function whoCanBe(checkout: Checkout): string {
  const modules = checkout
    .filesBelow('libs/modules')
    .flatMap((file) => /^libs\/modules\/([^/]+)\/index\.ts$/.exec(file)?.[1] ?? [])
    .filter((module) => typeof frontDoorOf(checkout, module, '') !== 'string');
  return modules.length > 0 ? `Those that can: ${modules.join(', ')}.` : 'No module can.';
}

function referenceTo(module: string, door: FrontDoor, fields: readonly FieldRequest[]): Reference {
  const { entity } = door;
  return {
    ...door,
    module,
    Module: `${pascal(module)}Module`,
    Entity: pascal(entity),
    entityCamel: camel(entity),
    entityWords: entity.replaceAll('-', ' '),
    entitiesWords: pluralOf(entity).replaceAll('-', ' '),
    asked: camel(pluralOf(entity)),
    adapter: `${pascal(module)}${pascal(entity)}Directory`,
    adapterFile: `${module}-${entity}.directory`,
    fields: fields.map(({ field }) => field.name),
  };
}

/** Two things of one name in one module would be told apart by nobody. */
function namesakes(references: readonly Reference[], { entity }: Names): string[] {
  const entities = [entity, ...references.map((reference) => reference.entity)];
  const twice = references.filter(
    (reference) => entities.indexOf(reference.entity) !== entities.lastIndexOf(reference.entity),
  );
  return twice.map(
    (reference) =>
      `What module ${reference.module} has is called ${reference.entityWords} as well: one module has no two things of one name.`,
  );
}
