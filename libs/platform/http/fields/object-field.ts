import type { Type as ClassType } from '@nestjs/common';
import { isObject } from '#platform/validation';
import { field, type FieldOptions } from './field.js';
import { rule } from './rule.js';

/** A nested object, checked by the rules of its own class. An array is not taken for an object. */
export const ObjectField = (classOf: () => ClassType<object>, options: FieldOptions = {}): PropertyDecorator =>
  field(options, { type: () => classOf() }, [rule('isObject', 'must be an object', isObject)], {
    nested: { classOf, each: false },
  });
