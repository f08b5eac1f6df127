/** One module's name in all the forms that the templates need. */
export interface Names {
  /** kebab-case, plural: the folder, the route, the prefix of scopes, codes and events. */
  readonly module: string;
  /** kebab-case, singular. */
  readonly entity: string;
  readonly Entity: string;
  readonly Entities: string;
  readonly entityCamel: string;
  readonly entitiesCamel: string;
  readonly ENTITY: string;
  readonly ENTITIES: string;
  /** snake_case, plural: the schema, and the table in it. */
  readonly schema: string;
  readonly entityWords: string;
  readonly entitiesWords: string;
  /** With its article, as a sentence goes on with it: `a gift card`, `an address`. */
  readonly anEntity: string;
  /** The name of the builder: `aGiftCard`, `anAddress`. */
  readonly builder: string;
}

const wordsOf = (kebab: string): string[] => kebab.split('-');
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const pascal = (kebab: string): string => wordsOf(kebab).map(capital).join('');
export const camel = (kebab: string): string => pascal(kebab).replace(/^./, (letter) => letter.toLowerCase());
export const snake = (kebab: string): string => kebab.replaceAll('-', '_');
/** `visitedAt` as `visited-at`. A digit stays with its word. */
export const kebabOf = (camelCase: string): string =>
  camelCase.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
/** By how it is spoken: a user, a unit, a one-off; an hour, an heir. */
export const articleOf = (word: string): 'a' | 'an' => {
  if (/^(?:u(?:ni(?!n)|se|su|rl|ti)|eu|one\b)/.test(word)) return 'a';
  return /^(?:[aeiou]|hour|honou?r|honest|heir)/.test(word) ? 'an' : 'a';
};

export function namesOf(module: string, entity: string): Names {
  return {
    module,
    entity,
    Entity: pascal(entity),
    Entities: pascal(module),
    entityCamel: camel(entity),
    entitiesCamel: camel(module),
    ENTITY: snake(entity).toUpperCase(),
    ENTITIES: snake(module).toUpperCase(),
    schema: snake(module),
    entityWords: entity.replaceAll('-', ' '),
    entitiesWords: module.replaceAll('-', ' '),
    anEntity: `${articleOf(entity)} ${entity.replaceAll('-', ' ')}`,
    builder: `${articleOf(entity)}${pascal(entity)}`,
  };
}
