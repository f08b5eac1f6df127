import type { Type as ClassType } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsObject, ValidateNested } from 'class-validator';
import { field, type FieldOptions } from './field.js';

/** A nested object, checked by the rules of its own class. An array is not taken for an object. */
export const ObjectField = (classOf: () => ClassType<object>, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: () => classOf() }, [
    Type(classOf),
    ValidateNested(),
    IsObject({ message: 'must be an object' }),
  ]);
