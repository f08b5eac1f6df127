import { isIn } from '#platform/validation';
import { field, type FieldOptions } from './field.js';
import { rule } from './rule.js';

export interface EnumFieldOptions extends FieldOptions {
  readonly values: readonly string[];
  readonly default?: string;
  readonly example?: string;
}

/** One of a fixed list of texts. */
export const EnumField = (options: EnumFieldOptions): PropertyDecorator =>
  field(
    options,
    {
      type: 'string',
      enum: [...options.values],
      ...(options.default !== undefined && { default: options.default }),
      ...(options.example !== undefined && { example: options.example }),
    },
    [rule('isIn', `must be one of ${options.values.join(', ')}`, (value) => isIn(value, options.values))],
  );
