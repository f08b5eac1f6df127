import type { Code, FieldOrder } from './field.ts';
import { text, wordsOf } from './literals.ts';

/** The sample and the other one of each of ten fields, of which no two need be the same. */
export const SAMPLES_MAX = 20;

/**
 * The builder's value and another one, of those that fit, in the order in which they are liked. Neither is that of an earlier
 * field where there is a choice: two fields swapped by a mapper show. A small domain has none left in the end.
 */
export function distinctSamples({ earlier }: FieldOrder, liked: readonly Code[], likedOthers = liked) {
  const sample = firstBut(
    earlier.map((field) => field.sample),
    liked,
  );
  const others = likedOthers.filter((each) => each !== sample);
  const other = firstBut(
    earlier.map((field) => field.other),
    others,
  );
  return { sample, other };
}

const firstBut = (taken: readonly Code[], liked: readonly Code[]): Code =>
  liked.find((each) => !taken.includes(each)) ?? liked[0] ?? '';

/** The text, cut to its bound; where that makes it another's, what is left of the field's name, or a letter. */
export const textsOf = ({ name }: FieldOrder, max: number, whole: string): Code[] =>
  [whole, wordsOf(name), ...'abcdefghijklmnopqrstuvwxyz'].map((each) => text(each.slice(0, max)));
