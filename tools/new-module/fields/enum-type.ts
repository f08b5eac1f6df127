import { kebabOf, pascal, type Names } from '../names/names.ts';
import type { Code } from './field.ts';

/** What every module calls by its entity and these words: a `ReviewState` is all that a store keeps of a review. */
const WORDS_OF_MODULE: ReadonlySet<string> = new Set(
  (
    'Archived Body Changed ChangedEvent Changes ChangesController Draft Id Keeping Listing NotFound PageResponse Queries ' +
    'References Repository Request Response Row Sort State Status'
  ).split(' '),
);

/** The type of an enum's values: `ReviewMood`; and `ReviewStateValue`, where the module has another use for `ReviewState`. */
export function enumTypeOf({ Entity }: Names, name: string): Code {
  const word = pascal(kebabOf(name));
  return `${Entity}${word}${WORDS_OF_MODULE.has(word) ? 'Value' : ''}`;
}
