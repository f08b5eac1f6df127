export interface SeedResult {
  /** Things that the seed consists of. */
  readonly total: number;
  /** How many of them were new; 0 on a second run. */
  readonly added: number;
}

/** Sample data of one domain module: deterministic, and added once however often it runs. A provider like any other. */
export abstract class Seed {
  /** The domain module that is seeded: a word for the progress line. */
  abstract readonly name: string;
  /** What the things are called, in the plural: `products`. */
  readonly things: string = 'entries';
  abstract run(): Promise<SeedResult>;
}
