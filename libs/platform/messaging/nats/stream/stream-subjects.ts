/** Everything that the module tells: `orders.order-placed.v1` and `orders` give `orders.>`. */
export const subjectsOf = (typeOrFamily: string): string => `${firstTokenOf(typeOrFamily)}.>`;

/** The subjects that the stream lacks of those that are needed; wildcards that an operator has set count. */
export function missingIn(present: readonly string[], needed: readonly string[]): readonly string[] {
  return [...new Set(needed)].filter((subject) => !present.includes(subject) && !present.includes('>'));
}

const firstTokenOf = (subject: string): string => subject.split('.', 1)[0] ?? subject;
