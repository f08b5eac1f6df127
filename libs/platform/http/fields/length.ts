import { rule, type Rule } from './rule.js';

/**
 * Bounds a text's length in code points, as JSON Schema and Postgres count. class-validator's own `MaxLength` counts an
 * emoji with its variation selector as one: the database would refuse what the edge has let in.
 */
export const lengthBetween = (min: number, max: number): Rule =>
  rule(
    'lengthBetween',
    (value) => (isShort(value, min) ? tooShort(min) : `must have at most ${max} characters`),
    (value) => typeof value === 'string' && codePointsFit(value, min, max),
  );

const isShort = (value: unknown, min: number): boolean => typeof value !== 'string' || [...value].length < min;

const tooShort = (min: number): string => (min === 1 ? 'must not be empty' : `must have at least ${min} characters`);

/** A code point is one or two UTF-16 units, so that most texts are judged without counting. */
function codePointsFit(text: string, min: number, max: number): boolean {
  if (text.length > 2 * max) return false;
  if (text.length <= max && text.length >= 2 * min) return true;
  const length = [...text].length;
  return length >= min && length <= max;
}
