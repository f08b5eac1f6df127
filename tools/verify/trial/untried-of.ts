import { TRIALS } from '../trials.ts';
import { selected } from './select.ts';
import { type Untried, UNTRIED } from './untried.ts';
import { UNTRIED_PARTS } from './untried-parts.ts';

/** What a run of these words does not try: all of it without words, else the parts of what is chosen. */
export function untriedOf(only: readonly string[]): readonly Untried[] {
  const chosen = new Set(selected(TRIALS, only).map(({ promise }) => promise));
  const parts = UNTRIED_PARTS.filter(({ promise }) => chosen.has(promise));
  return only.length === 0 ? [...UNTRIED, ...parts] : parts;
}
