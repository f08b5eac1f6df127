import type { Type } from '@nestjs/common';
import { getMetadataStorage } from '#platform/validation';
import { fieldsOf, type DeclaredField } from './declared-fields.js';

/** What {@link readValid} does not judge: somebody who can tell what is wrong has to. */
export const UNDECIDED = Symbol('undecided');

const compiled = new WeakMap<Type<object>, readonly DeclaredField[] | null>();

/**
 * A request of this class as an instance of it, when every rule holds: what class-validator and class-transformer would
 * give, at a twentieth of their price. Whatever is wrong or unknown is left to them ({@link UNDECIDED}), and so is a class
 * with rules that no field decorator of ours has declared.
 */
export function readValid(type: Type<object>, value: unknown): object | typeof UNDECIDED {
  const fields = fieldsIn(type);
  if (!fields || !isRecord(value)) return UNDECIDED;
  const instance = new type() as Record<string, unknown>;
  let known = 0;
  for (const field of fields) {
    const given = value[field.name];
    if (given === undefined) {
      if (field.optional && !(field.name in value)) continue;
      return UNDECIDED;
    }
    const read = readField(field, given);
    if (read === UNDECIDED) return UNDECIDED;
    instance[field.name] = read;
    known += 1;
  }
  return Object.keys(value).length === known ? instance : UNDECIDED;
}

function readField({ rules, as, nested }: DeclaredField, given: unknown): unknown {
  const read = as ? as(given) : given;
  for (const holds of rules) if (!holds(read)) return UNDECIDED;
  if (!nested) return read;
  const type = nested.classOf();
  if (!nested.each) return readValid(type, read);
  const items = (read as unknown[]).map((item) => readValid(type, item));
  return items.includes(UNDECIDED) ? UNDECIDED : items;
}

function fieldsIn(type: Type<object>): readonly DeclaredField[] | null {
  let fields = compiled.get(type);
  if (fields === undefined) {
    fields = fieldsOf(type);
    if (fields && rulesIn(type) !== rulesOf(fields)) fields = null;
    compiled.set(type, fields);
  }
  return fields;
}

/** All that class-validator would check of it. */
const rulesIn = (type: Type<object>): number =>
  getMetadataStorage().getTargetValidationMetadatas(type, '', true, false).length;

const rulesOf = (fields: readonly DeclaredField[]): number =>
  fields.reduce((sum, { rules, optional, nested }) => sum + rules.length + (optional ? 1 : 0) + (nested ? 1 : 0), 0);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
