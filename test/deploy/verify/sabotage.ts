import type { PromiseId } from '../../../tools/verify/trial/promises.ts';

/** A promise broken on purpose, in the source of one file. */
export interface Sabotage {
  /** What the service does from then on. */
  readonly does: string;
  /** The promise whose line has to fail. */
  readonly breaks: PromiseId;
  /** From the root of the checkout. */
  readonly file: string;
  /** What is replaced by what: each stands in the file once. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

/** One line of code gone, or another in its place. */
export const sabotage = (
  breaks: PromiseId,
  does: string,
  file: string,
  ...edits: readonly (readonly [string, string])[]
): Sabotage => ({ breaks, does, file, edits });
