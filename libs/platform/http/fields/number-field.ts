import { isInt, max as isAtMost, min as isAtLeast, notEquals } from '#platform/validation';
import type { Reading } from './declared-fields.js';
import { field, type FieldOptions } from './field.js';
import { rule } from './rule.js';

export interface IntegerFieldOptions extends FieldOptions {
  readonly min: number;
  readonly max: number;
  readonly default?: number;
  readonly example?: number;
  readonly notZero?: boolean;
}

/** A JSON number without a fraction, inside bounds that the database can hold. Text is not converted. */
export const IntegerField = (options: IntegerFieldOptions): PropertyDecorator => integerField(options, {});

function integerField(options: IntegerFieldOptions, reading: Reading): PropertyDecorator {
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
      rule('isInt', 'must be an integer', isInt),
      rule('min', `must not be less than ${min}`, (value) => isAtLeast(value, min)),
      rule('max', `must not be greater than ${max}`, (value) => isAtMost(value, max)),
      ...(options.notZero ? [rule('notEquals', 'must not be 0', (value) => notEquals(value, 0))] : []),
    ],
    reading,
  );
}

const DECIMAL_INTEGER = /^(0|[1-9]\d{0,8})$/;

/** The same in a query string, where it arrives as decimal digits. Nothing else is read as a number: not `1e2`, ` 1`, `0x1`. */
export const QueryIntegerField = (options: IntegerFieldOptions): PropertyDecorator =>
  integerField(options, {
    as: (value) => (typeof value === 'string' && DECIMAL_INTEGER.test(value) ? Number(value) : value),
  });
