import type { AnyTrial } from './trial.ts';

/**
 * Those that one of the words names: a promise's number (`C3`), or a part of what it says or how it is tried, capitals or
 * not. Without words all of them.
 */
export function selected<T extends Pick<AnyTrial, 'promise' | 'says' | 'how'>>(
  trials: readonly T[],
  words: readonly string[],
): T[] {
  return trials.filter((trial) => words.length === 0 || words.some((word) => fits(trial, word.toLowerCase())));
}

/** Words that name none. */
export function strangers(
  trials: readonly Pick<AnyTrial, 'promise' | 'says' | 'how'>[],
  words: readonly string[],
): string[] {
  return words.filter((word) => selected(trials, [word]).length === 0);
}

function fits({ promise, says, how }: Pick<AnyTrial, 'promise' | 'says' | 'how'>, word: string): boolean {
  if (/^[a-h]\d?$/.test(word)) return promise.toLowerCase().startsWith(word);
  return `${says} ${how}`.toLowerCase().includes(word);
}
