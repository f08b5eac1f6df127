import { COMPOSITION } from './module-parts.ts';
import type { Place } from './place.ts';

const IMPORT = /^import \{ (\w+) \} from '#modules\/([\w-]+)';$/;

/**
 * The composition root without a module: without its import, and without its line in the list of imports. What else it
 * has of it are `places`, and what is to be there instead nobody but a person knows.
 */
export function withoutModule(
  text: string,
  name: string,
): { readonly text: string; readonly places: readonly Place[] } {
  const lines = text.split('\n');
  const importing = lines.find((line) => IMPORT.exec(line)?.[2] === name);
  const symbol = importing && IMPORT.exec(importing)?.[1];
  const listing = lines.find((line) => line.trim() === `${symbol},`);
  const goes = (line: string): boolean => line === importing || line === listing;
  const names = (line: string): boolean =>
    line.includes(`#modules/${name}'`) || (symbol !== undefined && wordsOf(line).includes(symbol));
  return {
    text: lines.filter((line) => !goes(line)).join('\n'),
    places: lines.flatMap((line, index) =>
      !goes(line) && names(line) ? [{ file: COMPOSITION, line: index + 1, text: line.trim() }] : [],
    ),
  };
}

const wordsOf = (line: string): readonly string[] => line.match(/\w+/g) ?? [];
