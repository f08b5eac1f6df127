import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsInt, Max, Min, NotEquals } from 'class-validator';
import { field, type FieldOptions } from './field.js';

export interface IntegerFieldOptions extends FieldOptions {
  readonly min: number;
  readonly max: number;
  readonly default?: number;
  readonly example?: number;
  readonly notZero?: boolean;
}

/** A JSON number without a fraction, inside bounds that the database can hold. Text is not converted. */
export function IntegerField(options: IntegerFieldOptions): PropertyDecorator {
  const { min, max, example } = options;
  return field(
    options,
    {
      type: 'integer',
      format: 'int64',
      minimum: min,
      maximum: max,
      ...(options.notZero && { not: { enum: [0] } }),
      ...(example !== undefined && { example }),
      ...(options.default !== undefined && { default: options.default }),
    },
    [
      IsInt({ message: 'must be an integer' }),
      Min(min, { message: `must not be less than ${min}` }),
      Max(max, { message: `must not be greater than ${max}` }),
      ...(options.notZero ? [NotEquals(0, { message: 'must not be 0' })] : []),
    ],
  );
}

const DECIMAL_INTEGER = /^(0|[1-9]\d{0,8})$/;

/** The same in a query string, where it arrives as decimal digits. Nothing else is read as a number: not `1e2`, ` 1`, `0x1`. */
export const QueryIntegerField = (options: IntegerFieldOptions): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && DECIMAL_INTEGER.test(value) ? Number(value) : value,
    ),
    IntegerField(options),
  );
