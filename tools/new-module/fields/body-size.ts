import type { Field } from './field.ts';

/** HTTP_BODY_LIMIT_BYTES, unless somebody has set another. */
export const BODY_BYTES_MAX = 65_536;
/** A code point in UTF-8: an emoji. */
const CODE_POINT_BYTES_MAX = 4;
/** A name of 30 letters in quotes, and the longest value that is no text: an amount with its currency. */
const FIELD_BYTES_MAX = 100;

/** A sentence where the longest texts that the fields allow don't go into one request: nobody could send what is promised. */
export function bodyFaults(fields: readonly Field[]): string[] {
  const texts = fields.filter(({ kind }) => kind === 'string' || kind === 'text');
  const codePoints = texts.map(lengthOf).reduce((sum, length) => sum + length, 0);
  const bytes = codePoints * CODE_POINT_BYTES_MAX + fields.length * FIELD_BYTES_MAX;
  if (bytes <= BODY_BYTES_MAX) return [];
  const most = Math.floor((BODY_BYTES_MAX - fields.length * FIELD_BYTES_MAX) / CODE_POINT_BYTES_MAX);
  return [
    `${texts.map(({ name }) => name).join(', ')}: ${english(codePoints)} code points together are more than one request takes ` +
      `(HTTP_BODY_LIMIT_BYTES, ${english(BODY_BYTES_MAX)}): ${english(most)} at most, for example text(500).`,
  ];
}

const english = (value: number): string => value.toLocaleString('en-US');

const lengthOf = ({ columns }: Field): number => Number(/^varchar\((\d+)\)$/.exec(columns[0]?.sqlType ?? '')?.[1] ?? 0);
