import { isBoolean } from '#platform/validation';
import { field, type FieldOptions } from './field.js';
import { rule } from './rule.js';

export interface BooleanFieldOptions extends FieldOptions {
  readonly example?: boolean;
}

/** `true` or `false` of JSON. Text and numbers are not converted. */
export const BooleanField = (options: BooleanFieldOptions = {}): PropertyDecorator =>
  field(options, { type: 'boolean', ...(options.example !== undefined && { example: options.example }) }, [
    rule('isBoolean', 'must be true or false', isBoolean),
  ]);
