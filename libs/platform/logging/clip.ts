/** A text of bounded length, in UTF-16 units, that shows where it was cut. */
export const clip = (text: string, max: number): string => (text.length <= max ? text : `${text.slice(0, max)}…`);
