import { isISO4217CurrencyCode, isString, matches } from '#platform/validation';
import { field, type FieldOptions } from './field.js';
import { lengthBetween } from './length.js';
import { printable, visible } from './printable.js';
import { rule, type Rule } from './rule.js';

export interface TextFieldOptions extends FieldOptions {
  /** In code points, as JSON Schema counts. */
  readonly minLength?: number;
  readonly maxLength: number;
  /** Anchored, and linear in the text's length. */
  readonly pattern?: RegExp;
  /** The pattern in words, for the answer. */
  readonly patternInWords?: string;
  readonly example: string;
  /** Line breaks and tabs are part of it; without this it is one line. Other control characters never are: they belong to terminals. */
  readonly multiline?: boolean;
}

/** A text. NUL and lone surrogates are refused before this, for the whole request. */
export function TextField(options: TextFieldOptions): PropertyDecorator {
  const { minLength = 0, maxLength, pattern, patternInWords, example } = options;
  return field(
    options,
    {
      type: 'string',
      minLength,
      maxLength,
      example,
      ...(pattern && { pattern: pattern.source }),
    },
    [
      A_TEXT,
      lengthBetween(minLength, maxLength),
      ...(pattern
        ? [ofForm(pattern, `must be ${patternInWords ?? `of the form ${pattern.source}`}`)]
        : freeText(options)),
    ],
  );
}

const A_TEXT = rule('isString', 'must be a text', isString);

const ofForm = (pattern: RegExp, message: string): Rule =>
  rule('matches', message, (value) => typeof value === 'string' && matches(value, pattern));

const freeText = ({ multiline = false, minLength = 0 }: TextFieldOptions): Rule[] => [
  printable({ multiline }),
  ...(minLength > 0 ? [visible()] : []),
];

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A name for machines: `coffee-and-tea`. */
export const SlugField = (options: Omit<TextFieldOptions, 'pattern' | 'patternInWords'>): PropertyDecorator =>
  TextField({
    minLength: 1,
    ...options,
    pattern: SLUG,
    patternInWords: 'lower-case letters, digits and single hyphens between them',
  });

const NO_CURRENCY = 'must be an ISO 4217 currency code in capitals';

/** An ISO 4217 code in capitals. */
export const CurrencyField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'string', pattern: '^[A-Z]{3}$', minLength: 3, maxLength: 3, example: 'EUR' }, [
    A_TEXT,
    ofForm(/^[A-Z]{3}$/, NO_CURRENCY),
    rule('isISO4217CurrencyCode', NO_CURRENCY, isISO4217CurrencyCode),
  ]);
