import type { Field, Column, Check } from './fields/field.ts';
import type { MigrationName } from './migration-name.ts';
import { pascal, type Names } from './names/names.ts';
import type { NeededModules } from './references/needed-modules.ts';
import type { Reference, Referral } from './references/references.ts';

type CheckedColumn = Column & { readonly check: Check; readonly constraint: string };

export interface ModulePlan {
  readonly names: Names;
  readonly fields: readonly Field[];
  readonly references: readonly Reference[];
  readonly referrals: readonly Referral[];
  readonly migration: MigrationName;
  /** What a service of this module alone needs besides. */
  readonly needed: NeededModules;
}

const moduleNamed = (module: string) => ({ module, Module: `${pascal(module)}Module` });
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const constantsFirst = (a: string, b: string): number =>
  Number(a.startsWith('type ')) - Number(b.startsWith('type ')) || (a < b ? -1 : 1);
const own = (names: Names) => [
  `${names.ENTITY}_STATUSES`,
  'VERSION_MAX',
  ...['Changes', 'Draft', 'Id', 'State', 'Status'].map((suffix) => `type ${names.Entity}${suffix}`),
];

/** What the templates are filled with: names, fields, and all that is said in more than one of them. */
export function viewOf({ names, fields, references, referrals, migration, needed }: ModulePlan) {
  const declarations = fields.flatMap((field) => field.declarations);
  const columns = fields.flatMap((field) =>
    field.columns.map((column) => ({ ...column, ofReference: field.kind === 'ref' })),
  );
  const declared = declarations
    .flatMap((code) => /^export (?:const (\w+)|type (\w+))/.exec(code)?.slice(1) ?? [])
    .filter(Boolean);
  const types = declarations.flatMap((code) => /^export type (\w+)/.exec(code)?.[1] ?? []);
  const stateNames = [...own(names), ...declared.map((name) => (types.includes(name) ? `type ${name}` : name))].sort(
    constantsFirst,
  );
  return {
    ...names,
    AnEntity: capital(names.anEntity),
    Sentence: capital(names.entityWords),
    SentencePlural: capital(names.entitiesWords),
    fields,
    declarations,
    stateNames,
    stateTypes: stateNames.flatMap((name) => /^type (\w+)/.exec(name)?.[1] ?? []),
    fieldColumns: columns,
    checked: checkedOf(names, columns),
    times: [...fields.filter(({ kind }) => kind === 'timestamp').map(({ name }) => name), 'createdAt', 'updatedAt'],
    references,
    refs: referrals.map((referral) => ({ ...referral, index: indexOf(names, referral.field) })),
    refErrors: referrals.map(({ error }) => error).join(', '),
    indexes: indexesOf(names, fields),
    migration: migration.file,
    migrationClass: migration.class,
    needed: needed.imported.map(moduleNamed),
    globals: needed.global.map(moduleNamed),
    ...helpers(fields),
  };
}

export type View = ReturnType<typeof viewOf>;

/** What templates may call. */
const helpers = (fields: readonly Field[]) => ({
  each: <T>(list: readonly T[], written: (item: T) => string): string => list.map(written).join(''),
  uses: (...kinds: readonly Field['kind'][]): boolean => fields.some(({ kind }) => kinds.includes(kind)),
  sqlLiteral: (code: string): string => `\`${code}\``,
  decorated: ({ first, options }: Field['request'], optional: boolean): string => {
    const all = [...options, ...(optional ? ['optional: true'] : [])];
    return [...(first ? [first] : []), ...(all.length > 0 ? [`{ ${all.join(', ')} }`] : [])].join(', ');
  },
});

const checkedOf = ({ schema }: Names, columns: readonly Column[]): CheckedColumn[] =>
  columns.flatMap((column) => {
    const { check } = column;
    return check ? [{ ...column, check, constraint: `${schema}_${column.name}_check` }] : [];
  });

const indexOf = ({ schema }: Names, { columns }: Field): string => `${schema}_${columns[0]?.name ?? ''}_idx`;

const indexesOf = (names: Names, fields: readonly Field[]) => [
  { name: `${names.schema}_created_at_idx`, columns: ['created_at', 'id'] },
  { name: `${names.schema}_status_idx`, columns: ['status', 'created_at', 'id'] },
  ...fields
    .filter(({ kind }) => kind === 'ref')
    .map((field) => ({ name: indexOf(names, field), columns: [field.columns[0]?.name ?? '', 'created_at', 'id'] })),
];

/** The names that the database gets, and which it would cut off after 63 bytes. */
export const databaseNames = ({ module, checked, indexes, refs }: View): string[] => [
  ...checked.map(({ constraint }) => constraint),
  ...indexes.map(({ name }) => name),
  longestStatement(module, refs.length),
];

/** The statement of a list that is narrowed by all: two that are cut off to one name would be one to PostgreSQL. */
const longestStatement = (module: string, references: number): string => {
  const filters = Array.from({ length: 1 + references }, (_, place) => `by${place}`);
  return `${module}.list:${['-createdAt', ...filters, 'after'].join('+')}`;
};
