import { namesOf, type Names } from './names.ts';
import { DATABASE_WORDS, FOREIGN_SCHEMAS, LANGUAGE_WORDS } from './reserved-words.ts';
import { pluralOf, singularOf } from './singular.ts';

/** With the longest suffix of an index it stays below the 63 bytes of PostgreSQL's names, and below the 40 of a limit's. */
export const NAME_LENGTH_MAX = 30;

const KEBAB_CASE = /^[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*$/;

export type ParsedName = { readonly names: Names } | { readonly faults: readonly string[] };

/** A module's name, and that of one of its things, where it is given. */
export function parseName(module: string, singular: string | null): ParsedName {
  const shape = [module, ...(singular === null ? [] : [singular])].filter((name) => !KEBAB_CASE.test(name));
  if (shape.length > 0) {
    return {
      faults: shape.map(
        (name) =>
          `"${name}" is no name: lower-case letters and digits, with hyphens between words, for example gift-cards.`,
      ),
    };
  }
  const entity = singular ?? singularOf(module);
  if (entity === null) {
    return {
      faults: [
        module.endsWith('s')
          ? `What is one of the ${module.replaceAll('-', ' ')} called? Say --singular <one of them>.`
          : `A module is called by its plural: did you mean ${pluralOf(module)}? If ${module} is a plural, say --singular <one of them>.`,
      ],
    };
  }
  const faults = [...nameFaults(module), ...entityFaults(entity, module)];
  return faults.length > 0 ? { faults } : { names: namesOf(module, entity) };
}

function nameFaults(module: string): string[] {
  const names = namesOf(module, module);
  const faults: string[] = [];
  if (module.length > NAME_LENGTH_MAX) faults.push(`${module} is too long: ${NAME_LENGTH_MAX} letters at most.`);
  if (LANGUAGE_WORDS.has(names.entitiesCamel)) faults.push(`${module} is a word of TypeScript; choose another name.`);
  if (DATABASE_WORDS.has(names.schema)) faults.push(`${module} is a word of SQL; choose another name.`);
  if (FOREIGN_SCHEMAS.has(names.schema) || names.schema.startsWith('pg_')) {
    faults.push(`${module}: the schema ${names.schema} of the database is not free; choose another name.`);
  }
  return faults;
}

function entityFaults(entity: string, module: string): string[] {
  const { Entity, entityCamel } = namesOf(module, entity);
  if (entity === module) return [`${module} and its singular have to be two words: say --singular <one of them>.`];
  // Of one that is made of the module's, that is said already.
  if (entity.length > NAME_LENGTH_MAX && module.length > NAME_LENGTH_MAX) return [];
  if (entity.length > NAME_LENGTH_MAX) return [`${entity} is too long: ${NAME_LENGTH_MAX} letters at most.`];
  if (LANGUAGE_WORDS.has(entityCamel)) return [`${entity} is a word of TypeScript; choose another name.`];
  return Entity in globalThis
    ? [`${Entity} is what JavaScript calls something else; choose another name, or --singular.`]
    : [];
}
