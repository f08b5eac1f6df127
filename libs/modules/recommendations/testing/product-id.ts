import { stableId } from '#kernel/id';

/** The id of a product that a test calls by a word. */
export const productId = (word: string): string => stableId(`testing:${word}`);
