import { matches } from '#platform/validation';
import { field, type FieldOptions } from './field.js';
import { rule } from './rule.js';
import { UUID } from './uuid.js';

export interface UuidFieldOptions extends FieldOptions {
  readonly example: string;
}

/** A UUID; it arrives in lower case, whatever the caller's, so that two that are the same are equal. */
export const UuidField = (options: UuidFieldOptions): PropertyDecorator =>
  field(
    options,
    { type: 'string', format: 'uuid', minLength: 36, maxLength: 36, example: options.example },
    [rule('isUuid', 'must be a UUID', (value) => typeof value === 'string' && matches(value, UUID))],
    { as: (value) => (typeof value === 'string' ? value.toLowerCase() : value) },
  );
