/** Words of the language that are no name of a variable. */
const JAVASCRIPT =
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
  'false finally for function if implements import in instanceof interface let new null package private protected ' +
  'public return static super switch this throw true try typeof undefined var void while with yield';

/** Key words that PostgreSQL takes for no table or column without quotes (its documentation, appendix C). */
const POSTGRES =
  'all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate ' +
  'collation column concurrently constraint create cross current_catalog current_date current_role current_schema ' +
  'current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for ' +
  'foreign freeze from full grant group having ilike in initially inner intersect into is isnull join lateral leading ' +
  'left like limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps placing ' +
  'primary references returning right select session_user similar some symmetric system_user table tablesample then to ' +
  'trailing true union unique user using variadic verbose when where window with';

/** What every aggregate has of its own, and what JSON asks an object for. */
const MEMBERS = 'id version status createdAt updatedAt events create restore change archive prototype toJSON';

/** Schemas that are somebody else's. */
const SCHEMAS = 'public platform information_schema messaging idempotency';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const LANGUAGE_WORDS = setOf(JAVASCRIPT);
export const DATABASE_WORDS = setOf(POSTGRES);
/** With what every object has: `hasOwnProperty`, `toString`. */
export const MEMBER_NAMES: ReadonlySet<string> = new Set([
  ...setOf(MEMBERS),
  ...Object.getOwnPropertyNames(Object.prototype),
]);
export const FOREIGN_SCHEMAS = setOf(SCHEMAS);
