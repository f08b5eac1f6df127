import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { Matches } from 'class-validator';
import { field, type FieldOptions } from './field.js';
import { UUID } from './uuid.js';

export interface UuidFieldOptions extends FieldOptions {
  readonly example: string;
}

/** A UUID; it arrives in lower case, whatever the caller's, so that two that are the same are equal. */
export const UuidField = (options: UuidFieldOptions): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    field(options, { type: 'string', format: 'uuid', minLength: 36, maxLength: 36, example: options.example }, [
      Matches(UUID, { message: 'must be a UUID' }),
    ]),
  );
