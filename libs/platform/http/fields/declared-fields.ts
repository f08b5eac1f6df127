import type { Type } from '@nestjs/common';

/** A field as its decorator declared it. */
export interface DeclaredField {
  readonly name: string;
  readonly optional: boolean;
  readonly rules: readonly ((value: unknown) => boolean)[];
  readonly as: ((value: unknown) => unknown) | undefined;
  readonly nested: { readonly classOf: () => Type<object>; readonly each: boolean } | undefined;
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
