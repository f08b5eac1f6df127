import type { Names } from '../names/names.ts';
import { DATABASE_WORDS, LANGUAGE_WORDS, MEMBER_NAMES } from '../names/reserved-words.ts';
import { FieldFaults, type Field, type FieldKind, type FieldOrder } from './field.ts';
import { FIELD_KINDS } from './kinds/index.ts';
import { columnOf } from './literals.ts';

/** A row of more is read by nobody, and a request class of more is no screen any longer. */
export const FIELDS_MAX = 10;
/** Each doubles the shapes of a list, and each shape is a prepared statement on every connection. */
export const REFERENCES_MAX = 3;
export const FIELD_NAME_LENGTH_MAX = 30;
/** What a module has whose maker named nothing: something to see in a list. */
export const FIELDS_DEFAULT = ['name:string'];

const SHAPE = /^([^:]+):([a-z]+)(?:\(([^()]*)\))?$/;
const CAMEL_CASE = /^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]+)*$/;

/** A field as it was asked for. */
export interface FieldRequest {
  readonly field: Field;
  /** As given, before a reference gets its Id. */
  readonly given: string;
  /** What stood in the parentheses. */
  readonly parameter: string | null;
}

export interface ParsedFields {
  readonly requests: readonly FieldRequest[];
  /** Sentences, each with its way out; empty for sound fields. */
  readonly faults: readonly string[];
}

/** `title:string rating:integer(1..5) visitedAt:timestamp`, one text each, in their order. */
export function parseFields(texts: readonly string[], names: Names): ParsedFields {
  const faults: string[] = [];
  const requests: FieldRequest[] = [];
  for (const [place, text] of (texts.length > 0 ? texts : FIELDS_DEFAULT).entries()) {
    const made = fieldIn(text, { names, place, earlier: requests.map(({ field }) => field) });
    if ('field' in made) requests.push(made);
    else faults.push(...made.sentences);
  }
  if (texts.length > FIELDS_MAX)
    faults.push(`There are ${texts.length} fields: ${FIELDS_MAX} at most; add more by hand later.`);
  const references = requests.filter(({ field }) => field.kind === 'ref');
  if (references.length > REFERENCES_MAX)
    faults.push(`There are ${references.length} references: ${REFERENCES_MAX} at most.`);
  faults.push(
    ...clashes(
      requests.flatMap(({ field }) => field.columns.map((column) => ({ name: field.name, column: column.name }))),
    ),
  );
  return { requests, faults };
}

function fieldIn(text: string, among: Pick<FieldOrder, 'names' | 'place' | 'earlier'>): FieldRequest | FieldFaults {
  const [, name, kindName, parameter = null] = SHAPE.exec(text) ?? [];
  if (text.includes('?')) {
    return new FieldFaults(
      `${text}: there are no optional fields. A text may be empty, and is when a request leaves it out; for the rest, write null by hand.`,
    );
  }
  if (name === undefined) {
    return new FieldFaults(`"${text}" is no field: write name:kind, with a kind of ${kindsInWords()}.`);
  }
  const kind = FIELD_KINDS.find((each) => each.name === kindName);
  const faults = nameFaults(name, kind);
  if (!kind) return new FieldFaults(...faults, `${name}: there is no kind "${kindName}"; there are ${kindsInWords()}.`);
  const made = kind.make({ ...among, name, parameter });
  if (made instanceof FieldFaults) return new FieldFaults(...faults, ...made.sentences);
  return faults.length > 0 ? new FieldFaults(...faults) : { field: made, given: name, parameter };
}

function nameFaults(name: string, kind: FieldKind | undefined): string[] {
  if (!CAMEL_CASE.test(name)) return [`${name}: a field is called in camelCase, for example visitedAt.`];
  if (name.length > FIELD_NAME_LENGTH_MAX) return [`${name}: ${FIELD_NAME_LENGTH_MAX} letters at most.`];
  if (kind?.name === 'ref')
    return name.endsWith('Id') ? [`${name}: a reference is called without its Id, which is added.`] : [];
  if (MEMBER_NAMES.has(name)) return [`${name}: every module has that itself; choose another name.`];
  if (LANGUAGE_WORDS.has(name)) return [`${name} is a word of TypeScript; choose another name.`];
  return DATABASE_WORDS.has(columnOf(name)) ? [`${name} is a word of SQL; choose another name.`] : [];
}

const OWN_COLUMNS = ['id', 'version', 'status', 'created_at', 'updated_at'];

function clashes(columns: readonly { name: string; column: string }[]): string[] {
  const all = [...OWN_COLUMNS, ...columns.map(({ column }) => column)];
  const twice = columns.filter(({ column }) => all.indexOf(column) !== all.lastIndexOf(column));
  return [...new Set(twice.map(({ name }) => name))].map(
    (name) => `${name} is there twice, or has a column of another field; choose another name.`,
  );
}

export const kindsInWords = (): string => FIELD_KINDS.map(({ syntax }) => syntax).join(', ');
