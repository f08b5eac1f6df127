import { applyDecorators, type Type as ClassType } from '@nestjs/common';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { field, type FieldOptions } from './field.js';
import { UniqueItemsBy } from './unique-items.js';

export interface ArrayFieldOptions extends FieldOptions {
  readonly minItems: number;
  /** At most what a body's arrays may hold at all (`body/json-bounds`). */
  readonly maxItems: number;
  /** A property of the items: no two may have the same value in it. */
  readonly uniqueBy?: string;
}

/** A list of objects, each checked by the rules of its class: a fault is told with its place, `#/lines/1/quantity`. */
export function ArrayField(classOf: () => ClassType<object>, options: ArrayFieldOptions): PropertyDecorator {
  const { minItems, maxItems, uniqueBy } = options;
  return applyDecorators(
    field(options, { type: () => [classOf()], minItems, maxItems }, [
      Type(classOf),
      ValidateNested({ each: true }),
      IsArray({ message: 'must be an array' }),
      ArrayMinSize(minItems, { message: `must have at least ${minItems} ${minItems === 1 ? 'item' : 'items'}` }),
      ArrayMaxSize(maxItems, { message: `must have at most ${maxItems} ${maxItems === 1 ? 'item' : 'items'}` }),
      IsObject({ each: true, message: 'must hold objects only' }),
    ]),
    ...(uniqueBy === undefined ? [] : [UniqueItemsBy(uniqueBy)]),
  );
}
