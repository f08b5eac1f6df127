/** A line of a file of the checkout, counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const PLACES_SHOWN_MAX = 40;
const TEXT_SHOWN_MAX = 120;

/** A list for the terminal, of bounded length. */
export function listed(places: readonly Place[]): string {
  const shown = places.slice(0, PLACES_SHOWN_MAX);
  const lines = shown.map(({ file, line, text }) => `  ${file}:${line}: ${text.slice(0, TEXT_SHOWN_MAX)}`);
  const more = places.length - shown.length;
  return [...lines, ...(more > 0 ? [`  and ${more} more`] : [])].join('\n');
}
