import type { Type } from '@nestjs/common';

/** How a value is read before it is judged. */
export interface Reading {
  /** What it is taken for: the digits of a query for their number. What it can't read it gives back as it is. */
  readonly as?: ((value: unknown) => unknown) | undefined;
  /** The class of an object, or of each item of a list, with rules of its own. */
  readonly nested?: { readonly classOf: () => Type<object>; readonly each: boolean } | undefined;
}

/** A field as its decorator declared it. */
export interface DeclaredField extends Reading {
  readonly name: string;
  readonly optional: boolean;
  readonly rules: readonly ((value: unknown) => boolean)[];
}

const byPrototype = new WeakMap<object, DeclaredField[]>();

export const declareField =
  (declared: Omit<DeclaredField, 'name'>): PropertyDecorator =>
  (prototype, name) => {
    const fields = byPrototype.get(prototype) ?? [];
    byPrototype.set(prototype, [...fields, { ...declared, name: String(name) }]);
  };

/** The fields of a class, those that it inherits among them; null where it has none. */
export function fieldsOf(type: Type<object>): readonly DeclaredField[] | null {
  const fields: DeclaredField[] = [];
  for (let each = type.prototype as object | null; each; each = Object.getPrototypeOf(each) as object | null) {
    fields.push(...(byPrototype.get(each) ?? []));
  }
  return fields.length > 0 ? fields : null;
}
