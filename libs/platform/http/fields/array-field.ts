import { applyDecorators, type Type as ClassType } from '@nestjs/common';
import { arrayMaxSize, arrayMinSize, isArray, isObject } from '#platform/validation';
import { field, type FieldOptions } from './field.js';
import { rule } from './rule.js';
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
    field(
      options,
      { type: () => [classOf()], minItems, maxItems },
      [
        rule('isArray', 'must be an array', isArray),
        rule('arrayMinSize', `must have at least ${countOf(minItems)}`, (value) => arrayMinSize(value, minItems)),
        rule('arrayMaxSize', `must have at most ${countOf(maxItems)}`, (value) => arrayMaxSize(value, maxItems)),
        rule('holdsObjects', 'must hold objects only', (value) => isArray(value) && value.every(isObject)),
      ],
      { nested: { classOf, each: true } },
    ),
    ...(uniqueBy === undefined ? [] : [UniqueItemsBy(uniqueBy)]),
  );
}

const countOf = (items: number): string => `${items} ${items === 1 ? 'item' : 'items'}`;
