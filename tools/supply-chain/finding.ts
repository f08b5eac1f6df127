/** One reason to block: what it is about, what is wrong with it, and what the reader can do. */
export interface Finding {
  /** The package, file or expression, as one would search for it. */
  readonly where: string;
  readonly problem: string;
  readonly wayOut: string;
}

export const describeFinding = ({ where, problem, wayOut }: Finding): string =>
  `  ${where}\n    ${problem}\n    → ${wayOut}`;
