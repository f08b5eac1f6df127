import type { AnyTrial } from '../../../tools/verify/trial/trial.ts';

/** A promise broken on purpose, in the source of one file. */
export interface Sabotage {
  /** What the service does from then on. */
  readonly does: string;
  /** The trial that has to find it: not another of the same promise. */
  readonly trial: AnyTrial;
  /**
   * What the trial says where it finds this by an error, such as a wait that ends in vain. Without it an error is no proof:
   * it may be of something else.
   */
  readonly throws?: RegExp;
  /** From the root of the checkout. */
  readonly file: string;
  /** What is replaced by what: each stands in the file once. */
  readonly edits: readonly (readonly [from: string, to: string])[];
}

/** One line of code gone, or another in its place. */
export const sabotage = (
  trial: AnyTrial,
  does: string,
  file: string,
  ...edits: readonly (readonly [string, string])[]
): Sabotage => ({ trial, does, file, edits });

/** @throws Error when an edit does not fit the source any more: then it would sabotage nothing */
export function sabotaged(source: string, { file, edits }: Sabotage): string {
  return edits.reduce((text, [from, to]) => {
    const parts = text.split(from);
    if (parts.length !== 2) throw new Error(`${file} has this ${parts.length - 1} times, and not once: ${from}`);
    return parts.join(to);
  }, source);
}
