import { IsIn } from 'class-validator';
import { field, type FieldOptions } from './field.js';

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
    [IsIn([...options.values], { message: `must be one of ${options.values.join(', ')}` })],
  );
