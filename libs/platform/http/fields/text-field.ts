import { IsISO4217CurrencyCode, IsString, Matches } from 'class-validator';
import { field, type FieldOptions } from './field.js';
import { LengthBetween } from './length.js';
import { Printable, Visible } from './printable.js';

export interface TextFieldOptions extends FieldOptions {
  /** In code points, as JSON Schema counts. */
  readonly minLength?: number;
  readonly maxLength: number;
  /** Anchored, and linear in the text's length. */
  readonly pattern?: RegExp;
  /** The pattern in words, for the answer. */
  readonly patternInWords?: string;
  readonly example: string;
  /** Line breaks and tabs are part of it. Other control characters never are: they belong to terminals. */
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
      IsString({ message: 'must be a text' }),
      LengthBetween(minLength, maxLength),
      ...(pattern ? [Matches(pattern, { message: formMessage(pattern, patternInWords) })] : freeText(options)),
    ],
  );
}

const formMessage = (pattern: RegExp, inWords: string | undefined): string =>
  `must be ${inWords ?? `of the form ${pattern.source}`}`;

const freeText = ({ multiline = false, minLength = 0 }: TextFieldOptions): PropertyDecorator[] => [
  Printable({ multiline }),
  ...(minLength > 0 ? [Visible()] : []),
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

/** An ISO 4217 code in capitals. */
export const CurrencyField = (options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'string', pattern: '^[A-Z]{3}$', minLength: 3, maxLength: 3, example: 'EUR' }, [
    IsString({ message: 'must be a text' }),
    Matches(/^[A-Z]{3}$/, { message: 'must be an ISO 4217 currency code in capitals' }),
    IsISO4217CurrencyCode({ message: 'must be an ISO 4217 currency code in capitals' }),
  ]);
